package kronwood.safetensors;

/** Element types of tensors, of the many that safetensors has the ones used here. */
public enum SafetensorsType {
  /** IEEE double. */
  F64(Double.BYTES),
  /** Signed 64-bit integer. */
  I64(Long.BYTES),
  /** IEEE float. */
  F32(Float.BYTES),
  /** Signed 32-bit integer. */
  I32(Integer.BYTES),
  /** Byte. */
  U8(Byte.BYTES);

  private final int bytes;

  SafetensorsType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes per element. */
  int bytes() {
    return bytes;
  }
}
