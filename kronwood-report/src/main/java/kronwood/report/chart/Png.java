package kronwood.report.chart;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes pictures of few colours as PNG: one byte a pixel, the palette, and one clear colour. */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private Png() {}

  /**
   * Writes a picture.
   *
   * @param width pixels a row
   * @param pixels colour of each pixel, row by row from the top; 0 is clear, k is colour k − 1
   * @param colours 0xRRGGBB, at most 255
   */
  static byte[] write(int width, byte[] pixels, int[] colours) {
    int height = pixels.length / width;
    ByteArrayOutputStream png = new ByteArrayOutputStream(pixels.length / 2 + 1024);
    png.writeBytes(SIGNATURE);
    // 8 bits a pixel, colours from the palette, no interlacing.
    ByteBuffer head = ByteBuffer.allocate(13).putInt(width).putInt(height);
    chunk(png, "IHDR", head.put((byte) 8).put((byte) 3).put(new byte[3]).array());
    ByteBuffer palette = ByteBuffer.allocate(3 * (colours.length + 1)).put(new byte[3]);
    for (int colour : colours) {
      palette.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
    }
    chunk(png, "PLTE", palette.array());
    chunk(png, "tRNS", new byte[] {0});
    byte[] rows = new byte[pixels.length + height];
    for (int y = 0; y < height; y++) {
      // Each row begins with the number of its filter, 0: none.
      System.arraycopy(pixels, y * width, rows, y * (width + 1) + 1, width);
    }
    chunk(png, "IDAT", deflated(rows));
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static byte[] deflated(byte[] rows) {
    ByteArrayOutputStream to = new ByteArrayOutputStream(rows.length / 2 + 64);
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
      deflater.setInput(rows);
      deflater.finish();
      byte[] buffer = new byte[8192];
      while (!deflater.finished()) {
        to.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    return to.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(name);
    png.writeBytes(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
