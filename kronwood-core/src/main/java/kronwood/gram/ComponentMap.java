package kronwood.gram;

import kronwood.data.Attributes;
import kronwood.fault.InputException;
import kronwood.math.LeadingEigen;
import kronwood.math.kernel.Kernels;

/**
 * Principal components of another map's coordinates: {@code u = matrix · u_base}, then the constant
 * coordinate.
 *
 * <p>The array is not copied.
 *
 * @param base from attributes to coordinates
 * @param components coordinates without the constant one
 * @param matrix components × coordinates of the base without its constant one, row-major; its rows
 *     are orthogonal and of the same length
 * @param constant last coordinate of every entity, or 0 for none
 */
public record ComponentMap(FactorMap base, int components, double[] matrix, double constant)
    implements FactorMap {
  /** Entities whose products are added up at a time: a column of them fits the first cache. */
  private static final int BLOCK = 128;

  /**
   * Checks the shape.
   *
   * @throws InputException if the matrix has not components × coordinates values, or a map of
   *     components is made of another
   */
  public ComponentMap {
    int coordinates = base.rank() - (constant > 0 ? 1 : 0);
    if (components < 1 || coordinates < 1) {
      throw new InputException(
          "a map has "
              + components
              + " principal components of "
              + coordinates
              + " coordinates, expected at least one of both");
    }
    if (matrix.length != (long) components * coordinates) {
      throw new InputException(
          matrix.length
              + " values do not take "
              + coordinates
              + " coordinates to "
              + components
              + " components");
    }
    if (base instanceof ComponentMap) {
      throw new InputException("components of components are not needed");
    }
  }

  /**
   * The directions of largest mean square among the training entities: where they are centred,
   * those of largest variance. Scaled by one factor, so that the mean squared norm stays as it was.
   * Cost with n training entities and d coordinates: n · d² / 2, and what {@link LeadingEigen}
   * takes.
   *
   * @param table the base's coordinates of the entities
   * @param constant the base's constant coordinate, 0 if there is none
   */
  static ComponentMap fit(
      FactorMap base, FactorTable table, int[] training, int components, double constant) {
    int coordinates = table.rank() - (constant > 0 ? 1 : 0);
    double[] moments = moments(table, training, coordinates);
    LeadingEigen eigen = LeadingEigen.of(moments, coordinates, components);
    double all = 0;
    for (int c = 0; c < coordinates; c++) {
      all += moments[c * coordinates + c];
    }
    double kept = 0;
    for (int c = 0; c < components; c++) {
      kept += Math.max(0, eigen.values()[c]);
    }
    double scale = kept > 0 ? Math.sqrt(all / kept) : 0;
    double[] matrix = new double[components * coordinates];
    for (int c = 0; c < components; c++) {
      for (int j = 0; j < coordinates; j++) {
        matrix[c * coordinates + j] = scale * eigen.vectors()[c * coordinates + j];
      }
    }
    return new ComponentMap(base, components, matrix, constant);
  }

  /** {@code Σ u uᵀ / n} over the training entities, without the constant coordinate. */
  private static double[] moments(FactorTable table, int[] training, int coordinates) {
    Kernels kernels = Kernels.active();
    double[] moments = new double[Math.multiplyExact(coordinates, coordinates)];
    double[] columns = new double[coordinates * BLOCK];
    for (int from = 0; from < training.length; from += BLOCK) {
      int count = Math.min(BLOCK, training.length - from);
      for (int i = 0; i < count; i++) {
        int row = training[from + i] * table.rank();
        for (int c = 0; c < coordinates; c++) {
          columns[c * BLOCK + i] = table.values()[row + c];
        }
      }
      for (int a = 0; a < coordinates; a++) {
        for (int b = 0; b <= a; b++) {
          moments[a * coordinates + b] +=
              kernels.dot(columns, a * BLOCK, columns, b * BLOCK, count) / training.length;
        }
      }
    }
    for (int a = 0; a < coordinates; a++) {
      for (int b = 0; b < a; b++) {
        moments[b * coordinates + a] = moments[a * coordinates + b];
      }
    }
    return moments;
  }

  /** Components of coordinates that the base has made already. */
  FactorTable project(FactorTable table) {
    int rank = rank();
    double[] projected = new double[Math.multiplyExact(table.entities(), rank)];
    for (int e = 0; e < table.entities(); e++) {
      project(table.values(), e * table.rank(), projected, e * rank);
    }
    return FactorTable.of(table.entities(), rank, projected);
  }

  private void project(double[] coordinates, int from, double[] out, int offset) {
    int width = matrix.length / components;
    Kernels kernels = Kernels.active();
    for (int c = 0; c < components; c++) {
      out[offset + c] = kernels.dot(matrix, c * width, coordinates, from, width);
    }
    FactorInputs.writeConstant(constant, out, offset + components);
  }

  @Override
  public int rank() {
    return components + (constant > 0 ? 1 : 0);
  }

  @Override
  public int columns() {
    return base.columns();
  }

  @Override
  public void embed(Attributes attributes, int entity, double[] out, int offset) {
    double[] coordinates = new double[base.rank()];
    base.embed(attributes, entity, coordinates, 0);
    project(coordinates, 0, out, offset);
  }
}
