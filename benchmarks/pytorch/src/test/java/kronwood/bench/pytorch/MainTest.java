package kronwood.bench.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MainTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream in = new DataOutputStream(bytes);

  private void write(float... values) throws IOException {
    in.writeInt(values.length);
    writeRaw(values);
  }

  private void writeRaw(float... values) throws IOException {
    for (float value : values) {
      in.writeFloat(value);
    }
  }

  private void write(int... values) throws IOException {
    in.writeInt(values.length);
    for (int value : values) {
      in.writeInt(value);
    }
  }

  private DataInputStream serve() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Main.serve(new ByteArrayInputStream(bytes.toByteArray()), out);
    return new DataInputStream(new ByteArrayInputStream(out.toByteArray()));
  }

  private static double[] losses(DataInputStream out) throws IOException {
    assertTrue(out.readDouble() > 0, "seconds");
    double[] losses = new double[out.readInt()];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = out.readDouble();
    }
    return losses;
  }

  @ParameterizedTest
  @EnumSource(Layer.class)
  void aStepMovesTheNeuronsThatFire(Layer layer) throws IOException {
    in.writeUTF(layer.name().toLowerCase(java.util.Locale.ROOT));
    in.writeInt(1);
    in.writeInt(2);
    in.writeInt(1);
    write(2f);
    in.writeInt(2);
    write(1f, 3f);
    write(new int[] {0});
    write(new int[] {0});
    write(new float[] {1});
    write(0.5f, -0.5f);
    in.writeFloat(1);
    in.writeDouble(0.125);
    // x = (2, 6). Neuron 0: z = 8, neuron 1: z = −2. f = 0.5 · (8 − 1) = 3.5, r = 2.5.
    // W_0 moves by −0.125 · 2.5 · 0.5 · x = −0.15625 · (2, 6): z = 8 − 6.25, f = 0.375, r = −0.625.
    for (int train = 0; train < 2; train++) {
      writeRaw(1, 1, 2, -1);
      in.writeInt(2);
      in.writeInt(1);
      write(new int[] {0});
      in.writeInt(1);
      write(new int[] {0});
    }
    DataInputStream out = serve();
    assertTrue(out.readUTF().startsWith("PyTorch 2."));
    for (int train = 0; train < 2; train++) {
      out.readLong();
      assertEquals(3.125, losses(out)[0], 1e-6);
      assertEquals(0.1953125, losses(out)[0], 1e-6);
    }
    assertThrows(EOFException.class, out::readByte);
  }

  @ParameterizedTest
  @EnumSource(Layer.class)
  void batchesTrainAsPlainLoopsDo(Layer layer) throws IOException {
    int m = 6;
    int p = 3;
    int q = 5;
    int samples = 11;
    Random random = new Random(4);
    float[] u = gaussian(random, 4 * p);
    float[] v = gaussian(random, 7 * q);
    int[] left = random.ints(samples, 0, 4).toArray();
    int[] right = random.ints(samples, 0, 7).toArray();
    float[] y = gaussian(random, samples);
    float[] a = gaussian(random, m);
    float[] weights = gaussian(random, m * p * q);
    int[][] batches = {{3, 1, 4, 10}, {5, 9, 2, 6}, {0, 7, 8}, {3, 1, 4, 10}};
    in.writeUTF(layer.name().toLowerCase(java.util.Locale.ROOT));
    in.writeInt(2);
    in.writeInt(m);
    in.writeInt(p);
    write(u);
    in.writeInt(q);
    write(v);
    write(left);
    write(right);
    write(y);
    write(a);
    in.writeFloat(0.4f);
    in.writeDouble(0.05);
    writeRaw(weights);
    in.writeInt(1);
    in.writeInt(batches.length);
    for (int[] batch : batches) {
      write(batch);
    }
    DataInputStream out = serve();
    out.readUTF();
    assertTrue(out.readLong() >= -1);
    double[] losses = losses(out);
    double[] w = new double[weights.length];
    for (int i = 0; i < w.length; i++) {
      w[i] = weights[i];
    }
    for (int b = 0; b < batches.length; b++) {
      double expected = 0;
      double[] change = new double[w.length];
      for (int s : batches[b]) {
        double[] x = new double[p * q];
        for (int i = 0; i < x.length; i++) {
          x[i] = u[left[s] * p + i / q] * v[right[s] * q + i % q];
        }
        double f = 0;
        boolean[] fires = new boolean[m];
        for (int r = 0; r < m; r++) {
          double z = 0;
          for (int i = 0; i < x.length; i++) {
            z += w[r * x.length + i] * x[i];
          }
          fires[r] = z > 0.4f;
          f += fires[r] ? a[r] * (z - 0.4f) : 0;
        }
        expected += 0.5 * (f - y[s]) * (f - y[s]);
        for (int i = 0; i < w.length; i++) {
          int r = i / x.length;
          if (fires[r]) {
            change[i] -= 0.05 * (f - y[s]) * a[r] * x[i % x.length] / batches[b].length;
          }
        }
      }
      for (int i = 0; i < w.length; i++) {
        w[i] += change[i];
      }
      assertEquals(expected, losses[b], 1e-4 * expected, "batch " + b);
    }
  }

  private static float[] gaussian(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void anUnknownLayerIsRefused() throws IOException {
    in.writeUTF("cubic");
    assertThrows(IllegalArgumentException.class, this::serve);
  }
}
