package kronwood.cli;

import java.util.Map;

/**
 * What a fold found.
 *
 * @param train number of training samples
 * @param test number of test samples
 * @param metrics metrics of the test samples by key
 * @param plan how it was trained
 * @param seconds time it took
 * @param kept whether it was found in the folder of results, and not run again
 */
record FoldResult(
    int train, int test, Map<String, Double> metrics, String plan, double seconds, boolean kept) {}
