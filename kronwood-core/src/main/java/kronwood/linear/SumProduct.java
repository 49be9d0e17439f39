package kronwood.linear;

import kronwood.input.Terms;

/**
 * Multiplies by the kernel matrix of inputs that are sums, {@code y = R K Sᵀ x}: S adds up the
 * terms of an input, K is the kernel matrix of the terms, and R adds up those that inner products
 * need. Memory: 8 bytes for each term of a row or a column.
 */
final class SumProduct implements Product {
  private final Terms terms;
  private final Product product;
  private final int rows;
  private final double[] ofColumns;
  private final double[] ofRows;

  /**
   * @param product from all terms of the columns to those of the rows that are read
   */
  SumProduct(Terms terms, Product product, int rows, int columns) {
    this.terms = terms;
    this.product = product;
    this.rows = rows;
    this.ofColumns = new double[Math.multiplyExact(columns, terms.count())];
    this.ofRows = new double[Math.multiplyExact(rows, terms.readCount())];
  }

  static double bytes(Terms terms, double rows, double columns) {
    return Double.BYTES * (rows * terms.readCount() + columns * terms.count());
  }

  @Override
  public void times(double[] x, double[] y) {
    int count = terms.count();
    for (int q = 0; q < ofColumns.length; q++) {
      ofColumns[q] = terms.weight(q % count) * x[q / count];
    }
    product.times(ofColumns, ofRows);
    int reads = terms.readCount();
    for (int p = 0; p < rows; p++) {
      double sum = 0;
      for (int t = 0; t < reads; t++) {
        sum += terms.readWeight(t) * ofRows[p * reads + t];
      }
      y[p] = sum;
    }
  }
}
