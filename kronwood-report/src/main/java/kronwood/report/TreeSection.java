package kronwood.report;

import java.util.Arrays;
import java.util.List;
import kronwood.input.SparseInputs;
import kronwood.input.StructuredInputs;
import kronwood.model.ModelNetwork;
import kronwood.network.EntryWeights;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Section;
import kronwood.tree.AsynchronousTree;
import kronwood.tree.NeuronSearch;

/**
 * The tournament tree over the trained neurons for one sample: each node holds the largest
 * pre-activation below it, and a search visits the children of those above the shift only.
 */
final class TreeSection {
  private static final long MOST_WORK = 400_000_000;

  private TreeSection() {}

  static Section of(Subject subject) {
    ModelNetwork network = subject.model().network();
    int dimension = network.weights()[0].length;
    if ((long) dimension * network.memberNeurons() > MOST_WORK) {
      return new Section(
          "tree",
          "The tree of one sample",
          List.of(new Paragraph("Left out: the neurons have too many weights to go through.")));
    }
    int sample = 0;
    StructuredInputs inputs = subject.inputs(subject.samples().tuples().select(new int[] {sample}));
    double[] z = preActivations(network, inputs);
    boolean twoSided = subject.model().activation().isOdd();
    AsynchronousTree tree = new AsynchronousTree(1, z.length, twoSided);
    tree.init(0, z);
    NeuronSearch search = tree.search(0, network.shift());
    return new Section(
        "tree",
        "The tree of one sample",
        List.of(new SearchFigures(subject.name(sample), search).tree()));
  }

  /** Those of the first member's neurons on the one input. */
  private static double[] preActivations(ModelNetwork network, StructuredInputs inputs) {
    EntryWeights entries = network.entries();
    if (entries != null) {
      double[] all = new double[network.neurons()];
      entries.read(new SparseInputs(inputs), 0, all);
      return Arrays.copyOf(all, network.memberNeurons());
    }
    double[] x = new double[network.weights()[0].length];
    inputs.materialise(0, x);
    double[] z = new double[network.memberNeurons()];
    for (int r = 0; r < z.length; r++) {
      float[] weights = network.weights()[r];
      for (int i = 0; i < x.length; i++) {
        z[r] += weights[i] * x[i];
      }
    }
    return z;
  }
}
