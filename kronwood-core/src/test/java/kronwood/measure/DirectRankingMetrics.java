package kronwood.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The ranking metrics of one entity as their definitions read, by listing all orders of ties. */
final class DirectRankingMetrics {
  private DirectRankingMetrics() {}

  /** Mean over all orders that do not increase; k = 0 for the whole list. */
  static double of(RankingMetric metric, int k, double[] predictions, boolean[] relevant) {
    List<List<Integer>> orders = new ArrayList<>();
    List<Integer> left = new ArrayList<>(IntStream.range(0, predictions.length).boxed().toList());
    extend(new ArrayList<>(), left, predictions, orders);
    int cut = k == 0 ? predictions.length : k;
    return orders.stream()
        .mapToDouble(order -> of(metric, cut, order, relevant))
        .average()
        .orElseThrow();
  }

  private static void extend(
      List<Integer> begun, List<Integer> left, double[] predictions, List<List<Integer>> orders) {
    if (left.isEmpty()) {
      orders.add(List.copyOf(begun));
      return;
    }
    double largest =
        predictions[left.stream().max(Comparator.comparing(i -> predictions[i])).orElseThrow()];
    for (int candidate : List.copyOf(left)) {
      if (predictions[candidate] == largest) {
        begun.add(candidate);
        left.remove(Integer.valueOf(candidate));
        extend(begun, left, predictions, orders);
        begun.removeLast();
        left.add(candidate);
      }
    }
  }

  private static double of(RankingMetric metric, int k, List<Integer> order, boolean[] relevant) {
    int all = 0;
    for (boolean one : relevant) {
      all += one ? 1 : 0;
    }
    double hits = 0;
    double gain = 0;
    double ideal = 0;
    double precisions = 0;
    double reciprocal = 0;
    for (int i = 1; i <= k; i++) {
      ideal += i <= all ? 1 / (Math.log(i + 1) / Math.log(2)) : 0;
      if (i <= order.size() && relevant[order.get(i - 1)]) {
        hits++;
        gain += 1 / (Math.log(i + 1) / Math.log(2));
        precisions += hits / i;
        reciprocal = reciprocal == 0 ? 1.0 / i : reciprocal;
      }
    }
    return switch (metric) {
      case PRECISION -> hits / k;
      case RECALL -> hits / all;
      case HIT -> hits > 0 ? 1 : 0;
      case NDCG -> gain / ideal;
      case MAP -> precisions / Math.min(k, all);
      case MRR -> reciprocal;
      case COVERAGE -> throw new IllegalArgumentException("is no mean over entities");
    };
  }
}
