package kronwood.validate;

import java.util.Map;

/**
 * The result of a fold.
 *
 * @param train number of training samples
 * @param validation number of validation samples, drawn from those of the fold to train on
 * @param test number of test samples
 * @param metrics metrics of the test samples by key
 * @param epoch epoch at whose end the network was as it is
 * @param plan how it was trained
 * @param seconds time it took
 * @param kept whether it was found in the folder of results, and not run again
 */
public record FoldResult(
    int train,
    int validation,
    int test,
    Map<String, Double> metrics,
    int epoch,
    String plan,
    double seconds,
    boolean kept) {}
