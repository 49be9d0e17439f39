package kronwood.io.entities;

import java.util.List;
import java.util.Map;
import kronwood.data.FeatureKernel;

/**
 * What is made of the attributes of tables, each by name of the table.
 *
 * @param identities weight of an entity with itself, beside or instead of attributes
 * @param kernels how features are compared
 * @param encodings what columns hold, where that is not to be guessed
 * @param profiles by what is known of interactions in training, beside or instead of attributes
 * @param symmetrised tables whose similarities are averaged with their transpose in any case
 */
public record EntityForms(
    Map<String, Double> identities,
    Map<String, Profile> profiles,
    Map<String, FeatureKernel> kernels,
    Map<String, List<ColumnEncoding>> encodings,
    List<String> symmetrised) {

  /** Everything as it is read. */
  public static final EntityForms NONE =
      new EntityForms(Map.of(), Map.of(), Map.of(), Map.of(), List.of());

  /**
   * How interaction profiles of a table are compared.
   *
   * @param weight factor in the sum of similarities
   * @param kernel how two profiles become a similarity
   */
  public record Profile(double weight, FeatureKernel kernel) {}
}
