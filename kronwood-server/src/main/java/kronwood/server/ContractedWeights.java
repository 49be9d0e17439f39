package kronwood.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.model.GivenPredictor;
import kronwood.model.Model;
import kronwood.model.Predictor;

/**
 * Weights that are contracted with the entities of all modes but one: predicting for another entity
 * of that mode then costs m · rank. Those used last are kept, as many as there is memory for.
 *
 * <p>Thread-safe. Two threads that miss the same one both make it.
 */
final class ContractedWeights {
  private final Predictor predictor;
  private final int most;
  private final Map<List<Integer>, GivenPredictor> kept;

  /**
   * @param memory bytes
   */
  ContractedWeights(Model model, Predictor predictor, long memory) {
    this.predictor = predictor;
    int widest = 1;
    for (int rank : model.ranks()) {
      widest = Math.max(widest, rank);
    }
    long each = 8L * model.network().neurons() * widest;
    this.most = Math.clamp(memory / each, 1, 100_000);
    this.kept = new LinkedHashMap<>(16, 0.75f, true);
  }

  /**
   * A predictor for one mode.
   *
   * @param free the mode
   * @param given an entity of each mode; that of mode {@code free} is not read
   */
  GivenPredictor of(int free, int... given) {
    List<Integer> key = new ArrayList<>();
    for (int mode = 0; mode < given.length; mode++) {
      key.add(mode == free ? -1 : given[mode]);
    }
    synchronized (kept) {
      GivenPredictor found = kept.get(key);
      if (found != null) {
        return found;
      }
    }
    GivenPredictor made = predictor.given(free, given);
    synchronized (kept) {
      kept.put(key, made);
      while (kept.size() > most) {
        kept.remove(kept.keySet().iterator().next());
      }
    }
    return made;
  }
}
