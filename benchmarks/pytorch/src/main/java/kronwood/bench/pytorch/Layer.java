package kronwood.bench.pytorch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A training step of the network with weights {@code W} of shape m × d, d = p · q, as a TorchScript
 * program: all that a step does is done by PyTorch's own kernels.
 *
 * <p>For a batch of S pairs with rows u (S × p) and v (S × q), targets y, output row a = ±1/√m,
 * shift b and step size η:
 *
 * <pre>
 *   Z = pre-activations, S × m         f = max(Z − b, 0) · a        r = f − y
 *   G = −(η / S) · r aᵀ, 0 where Z ≤ b
 *   W ← W + Σ_s G[s, ·] ⊗ u_s ⊗ v_s          returns ½ Σ r²
 * </pre>
 *
 * <p>The gradient is written out instead of recorded. It is the exact gradient, and cheaper than
 * automatic differentiation: the step is added to the weights in place, so that no gradient of the
 * weights' size is allocated, cleared and read again, and none is taken by the inputs.
 */
enum Layer {
  /**
   * The ordinary dense layer: forms the inputs x = u ⊗ v of the batch, then {@code
   * torch.nn.functional.linear}. Two matrix products of 2 S d m operations.
   */
  LINEAR,

  /**
   * {@code einsum("rpq,sp,sq->sr")} in the order that suits PyTorch best: with v by one matrix
   * product of 2 S d m operations, then with u. Forms no input, but S × m × p partial sums.
   */
  EINSUM,

  /**
   * {@code torch.nn.functional.bilinear}, and the kernel that PyTorch's own derivative of it by the
   * weights calls.
   */
  BILINEAR;

  /**
   * The layer of that name in small letters.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Layer of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }

  /** The program: a class {@code Step} whose method {@code forward} takes a step. */
  String source() {
    String file = name().toLowerCase(Locale.ROOT) + ".py";
    try (InputStream in = Layer.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
