package kronwood.measure;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A measure of the quality of predictions, with its exact definition.
 *
 * <p>Notation: n samples, truth y, prediction ŷ, weight w (1 unless given), ȳ the (weighted) mean
 * of y. For classes, p is the predicted probability. Where a definition divides by zero the metric
 * is <em>undefined</em> and its value is NaN; each constant says when.
 *
 * <p>Sample weights count in {@link #MSE}, {@link #RMSE}, {@link #MAE}, {@link #R2}, {@link
 * #ACCURACY} and {@link #LOGLOSS}. All others are unweighted: there a sample of weight 0 counts
 * like any other.
 */
public enum Metric {
  /** Mean squared error, Σ w (ŷ − y)² / Σ w. */
  MSE(false),

  /** Root of the mean squared error, √MSE, in the unit of y. */
  RMSE(false),

  /** Mean absolute error, Σ w |ŷ − y| / Σ w. */
  MAE(false),

  /**
   * Coefficient of determination, 1 − Σ w (ŷ − y)² / Σ w (y − ȳ)²: 1 is perfect, 0 is as good as
   * predicting ȳ, negative is worse. Undefined if y is constant over the samples of positive
   * weight.
   */
  R2(true),

  /**
   * Modified r² of Roy, r_m² = r² · (1 − √|r² − r₀²|), where r is Pearson's correlation and r₀² = 1
   * − Σ (y − kŷ)² / Σ (y − ȳ)², k = Σ yŷ / Σ ŷ², the determination of the regression through the
   * origin of y on ŷ. Undefined where {@link #PEARSON} is. May be negative.
   *
   * <p>Some published programs for drug–target affinity square r² and r₀² once more under the root,
   * √|(r²)² − (r₀²)²|; their figures are not comparable with these.
   *
   * <p>Source: P. P. Roy, K. Roy, "On some aspects of variable selection for partial least squares
   * regression models", QSAR &amp; Combinatorial Science 27 (2008).
   */
  RM2(true),

  /**
   * Pearson's correlation, Σ (ŷ − mean ŷ)(y − ȳ) / √(Σ (ŷ − mean ŷ)² · Σ (y − ȳ)²). Undefined if y
   * or ŷ is constant.
   */
  PEARSON(true),

  /**
   * Spearman's rank correlation: Pearson's correlation of the ranks, where equal values share the
   * mean of the ranks they occupy. Undefined if y or ŷ is constant.
   */
  SPEARMAN(true),

  /**
   * Concordance index: the mean over all pairs with y_i &gt; y_j of 1 if ŷ_i &gt; ŷ_j, ½ if ŷ_i =
   * ŷ_j, else 0. Every unordered pair of samples counts once, whatever the order of the samples.
   * Undefined if there is no such pair, that is if y is constant.
   */
  CI(true),

  /**
   * Share of samples whose class is predicted, Σ w [predicted = true] / Σ w. The predicted class is
   * 1 if p ≥ ½ (binary), or the most probable class, the first of equals (several classes).
   */
  ACCURACY(true),

  /**
   * Mean negative natural logarithm of the probability q given to the true class, Σ w · −ln max(q,
   * 10⁻¹⁵) / Σ w: a sample costs at most 34.54.
   */
  LOGLOSS(false),

  /**
   * Area under the receiver operating characteristic, equal to the Mann–Whitney statistic: the
   * probability that a random positive is scored above a random negative, equal scores counting ½.
   * Undefined without positives or without negatives. Several classes: mean over the classes that
   * occur, each against the rest.
   */
  AUC(true),

  /**
   * Average precision, the area under the precision–recall curve as a step function: Σ_t (R_t −
   * R_{t−1}) · P_t over the distinct scores t in descending order, where P_t and R_t are precision
   * and recall when every score ≥ t is called positive. Equal scores are one threshold; nothing is
   * interpolated. Undefined without positives or without negatives. Several classes: mean over the
   * classes that occur, each against the rest.
   */
  AUPR(true),

  /**
   * F1 score, 2·TP / (2·TP + FP + FN), with predicted classes as in {@link #ACCURACY}. Binary: of
   * the positive class; undefined if no sample is positive and none is predicted so. Several
   * classes: macro average, the unweighted mean over the classes that occur in truth or prediction.
   */
  F1(true),

  /**
   * Expected calibration error: confidences c are put into 15 bins of equal width, bin b holding (b
   * − 1)/15 &lt; c ≤ b/15 (the first also 0), and ECE = Σ_b (n_b/n) · |mean hit − mean confidence|
   * over the bins. Binary: the confidence is the probability of the positive class, a hit is a
   * positive sample. Several classes: the confidence is the largest probability, a hit is a correct
   * prediction as in {@link #ACCURACY}.
   *
   * <p>Source: C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
   */
  ECE(false),

  /**
   * Interaction concordance index: the share of quadruples of two left and two right entities whose
   * interaction contrast y_ab − y_ad − y_cb + y_cd is predicted to have the right sign, ½ where the
   * predicted contrast is zero; see {@link InteractionConcordance}. Needs the entities of the
   * samples, hence reported only where these are known. Of two classes, y is 1 for the positive one
   * and ŷ its probability. Undefined if no contrast of the truth differs from zero.
   */
  IC(true),

  /**
   * Share of samples whose truth is within 0.674 predicted standard deviations of the prediction,
   * where half of a normal distribution is: ½ if the standard deviations are right and errors are
   * normal. Neither a larger nor a smaller value is better. Reported only where predictions have a
   * standard deviation, as {@link #COVER90}, {@link #NLL} and {@link #SDRANK} are.
   */
  COVER50(true),

  /** The same within 1.645 standard deviations, where nine tenths of a normal distribution are. */
  COVER90(true),

  /**
   * Mean negative logarithm of the normal density that the prediction and its standard deviation
   * give to the truth, mean of ½ ln(2π sd²) + (y − ŷ)² / (2 sd²). Undefined if a standard deviation
   * is 0.
   */
  NLL(false),

  /**
   * Spearman's rank correlation of the standard deviation and |ŷ − y|: how well the standard
   * deviation tells where predictions are far off. That of a perfect one is well below 1, as an
   * error is a draw of chance. Undefined if either is constant.
   */
  SDRANK(true);

  private final String key = name().toLowerCase(Locale.ROOT);
  private final boolean higherIsBetter;

  Metric(boolean higherIsBetter) {
    this.higherIsBetter = higherIsBetter;
  }

  /** The name used in output and options: the constant in lower case, such as {@code rm2}. */
  public String key() {
    return key;
  }

  /** Whether a larger value means better predictions; otherwise a smaller one does. */
  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /**
   * The metric of a key, as typed by a person.
   *
   * @throws IllegalArgumentException if there is none; the message lists all keys
   */
  public static Metric ofKey(String key) {
    for (Metric metric : values()) {
      if (metric.key.equals(key)) {
        return metric;
      }
    }
    throw new IllegalArgumentException(
        "unknown metric '"
            + key
            + "', expected one of "
            + Arrays.stream(values()).map(Metric::key).collect(Collectors.joining(" ")));
  }
}
