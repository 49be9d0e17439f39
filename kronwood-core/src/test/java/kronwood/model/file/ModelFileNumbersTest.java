package kronwood.model.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.gram.ComponentMap;
import kronwood.gram.SimilarityMap;
import kronwood.loss.Loss;
import kronwood.model.Model;
import kronwood.model.ModelTable;
import kronwood.model.file.golden.GoldenFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** Numbers that no training leaves in a model are found when it is read, not when it predicts. */
class ModelFileNumbersTest {
  @TempDir Path folder;

  private String refusal(ModelFileSurgery parts) throws IOException {
    Path file = folder.resolve("model.kron");
    parts.save(file);
    String message =
        String.valueOf(
            assertThrows(ModelFormatException.class, () -> ModelFile.load(file)).getMessage());
    assertTrue(message.startsWith("model '" + file + "' does not fit together: "), message);
    return message;
  }

  private void assertRefused(ModelFileSurgery parts, String expected) throws IOException {
    String message = refusal(parts);
    assertTrue(message.contains(expected), message);
  }

  private ModelFileSurgery surgery(GoldenFile golden) throws IOException {
    Path file = golden.copyTo(folder);
    ModelFileSurgery parts = new ModelFileSurgery(file);
    Files.delete(file);
    return parts;
  }

  @ParameterizedTest
  @EnumSource(GoldenFile.class)
  void everyTensorWithANumberThatIsNotFiniteIsNamed(GoldenFile golden) throws IOException {
    int damaged = 0;
    for (String name : List.copyOf(surgery(golden).header.propertyNames())) {
      for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        ModelFileSurgery parts = surgery(golden);
        ObjectNode tensor = parts.tensor(name);
        String type = tensor.path("dtype").asString("");
        if (!type.startsWith("F") || parts.bytes(name).capacity() == 0) {
          continue;
        }
        ByteBuffer bytes = parts.bytes(name);
        if (type.equals("F32")) {
          bytes.putFloat(bytes.capacity() - 4, (float) number);
        } else {
          bytes.putDouble(bytes.capacity() - 8, number);
        }
        String message = refusal(parts);
        assertTrue(
            message.contains("tensor '" + name + "' holds " + number)
                // Values of features are checked with all else that is to be said of features.
                || message.contains(" is " + number + ", expected a finite number"),
            message);
        damaged++;
      }
    }
    // Sparse ids have few tensors.
    int least = golden == GoldenFile.V8_ENTRIES ? 8 : 10;
    assertTrue(damaged >= least, "only " + damaged);
  }

  @Test
  void numbersInTheJsonThatAreNotFiniteAreNamed() throws IOException {
    ModelFileSurgery parts = surgery(GoldenFile.V1);
    parts.kronwood.put("shift", "Infinity");
    assertRefused(parts, "kronwood.shift is \"Infinity\", expected a number up to 1.0E100");
    parts = surgery(GoldenFile.V1);
    parts.kronwood.putNull("shift");
    assertRefused(parts, "kronwood.shift is null");
    parts = surgery(GoldenFile.V2_BLOCKS);
    block(parts, 5).put("bandwidth", 0.0);
    assertRefused(parts, "blocks[5].bandwidth is 0.0, expected a number > 0");
    for (int block = 0; block < parts.kronwood.at("/tables/0/map/blocks").size(); block++) {
      parts = surgery(GoldenFile.V2_BLOCKS);
      block(parts, block).put("weight", 0.0);
      assertRefused(parts, "blocks[" + block + "].weight is 0.0, expected a number > 0");
    }
  }

  private static ObjectNode block(ModelFileSurgery parts, int block) {
    return (ObjectNode) parts.kronwood.at("/tables/0/map/blocks/" + block);
  }

  @Test
  void pivotsWhoseFactorHasNoInverseAreRefused() throws IOException {
    ModelFileSurgery parts = surgery(GoldenFile.V1);
    parts.bytes("table.1.map.lower").putDouble(0, 0);
    assertRefused(parts, "tensor 'table.1.map.lower' holds 0.0 on its diagonal");
  }

  @Test
  void predictionsThatWouldOverflowAreRefused() throws IOException {
    ModelFileSurgery parts = surgery(GoldenFile.V1);
    for (String name : List.of("weights", "output", "table.0.coordinates", "table.1.coordinates")) {
      parts.bytes(name).putFloat(0, Float.MAX_VALUE);
    }
    parts.bytes("target.scale").putDouble(0, 1e100);
    parts.bytes("table.2.coordinates").putFloat(0, Float.MAX_VALUE);
    parts.bytes("table.3.coordinates").putFloat(0, Float.MAX_VALUE);
    assertRefused(parts, "so large that predictions might not be finite");
  }

  /** The references of an encoder's block are what it makes of the training entities. */
  @Test
  void anEncoderThatMakesOtherFeaturesThanItsReferencesHaveIsFoundAtOnce() throws IOException {
    ModelFileSurgery parts = surgery(GoldenFile.V2_BLOCKS);
    ((ObjectNode) block(parts, 4).at("/encoder/settings")).put("length", "3");
    assertRefused(
        parts, "the encoder of block 'list' makes 3 features, the training entities have 2");
    parts = surgery(GoldenFile.V2_BLOCKS);
    ((ObjectNode) block(parts, 3).at("/encoder/settings")).put("k", "2");
    assertRefused(parts, "the encoder of block 'dna' makes 16 features");
  }

  @Test
  void negativeNumbersUnderTanimotoAreFoundAtOnce() throws IOException {
    ModelFileSurgery parts = surgery(GoldenFile.V2_BLOCKS);
    parts.bytes("table.0.map.block.3.centre").putDouble(8, -1);
    assertRefused(
        parts,
        "tensor 'table.0.map.block.3.centre' holds -1.0, expected 0 for the kernel tanimoto");
    parts = surgery(GoldenFile.V2_BLOCKS);
    parts.bytes("table.0.map.block.3.references").putFloat(16, -2);
    assertRefused(parts, "references' holds negative features of entity 2");
  }

  @Test
  void trainingEntitiesOfOneIdAreFoundAtOnce() throws IOException {
    ModelFileSurgery parts = surgery(GoldenFile.V2_BLOCKS);
    // The last columns are the ids of the identity block, a and c.
    ByteBuffer columns = parts.bytes("table.0.columns");
    assertEquals('c', columns.get(columns.capacity() - 1));
    columns.put(columns.capacity() - 1, (byte) 'a');
    assertRefused(parts, "identity of entities of which two have the same id");
  }

  @Test
  void componentsOfAConstantAloneAreRefused() {
    SimilarityMap constant = new SimilarityMap(2, new double[0], new double[0], 0.5);
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new ComponentMap(constant, 0, new double[0], 0.5))
                .getMessage());
    assertTrue(
        message.contains("0 principal components of 0 coordinates, expected at least one of both"),
        message);
  }

  @Test
  void aNetworkThatDivergedIsNotSaved() throws IOException {
    Model model = ModelFileFixtures.tiny();
    model.network().weights()[0][1] = Float.POSITIVE_INFINITY;
    Path file = folder.resolve("diverged.kron");
    String message =
        String.valueOf(
            assertThrows(IOException.class, () -> ModelFile.save(model, file)).getMessage());
    assertTrue(message.contains("weights are not all finite"), message);
    assertFalse(Files.exists(file));
  }

  @Test
  void attributesOfNewEntitiesThatAreTooLargeAreRefused() {
    Random random = new Random(4);
    ModelTable table =
        ModelFileFixtures.table(random, "item", ModelFileFixtures.Kind.SIMILARITY, 6);
    Model model =
        ModelFileFixtures.model(
            random,
            List.of(table),
            2,
            ModelFileFixtures.target(random, Loss.of("squared"), 1),
            0,
            0);
    SimilarityMap map = (SimilarityMap) table.map();
    for (int i = 0; i < map.map().length; i++) {
      map.map()[i] *= 1e300;
    }
    EntityTable stranger = ModelFileFixtures.strangers(random, table, 1);
    assertEquals(EntityIds.of(List.of("stranger 0")).asList(), stranger.ids().asList());
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class, () -> model.predictor(List.of(stranger), 1))
                .getMessage());
    assertTrue(message.contains("new entities of table 'item' are so large"), message);
  }

  @Test
  void theDigestOfTheTensorsDoesNotDependOnWhatIsSaidOfThem() throws IOException {
    Model model = ModelFileFixtures.tiny();
    Path one = folder.resolve("one.kron");
    Path other = folder.resolve("other.kron");
    ModelFile.save(model, one);
    ModelFile.save(model.withFacts(Map.of("threads", "1234567")), other);
    assertTrue(Files.mismatch(one, other) >= 0);
    assertEquals(ModelFile.tensorDigest(one), ModelFile.tensorDigest(other));
    byte[] bytes = Files.readAllBytes(one);
    int header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    assertEquals(
        ModelFileSurgery.digest(Arrays.copyOfRange(bytes, 8 + header, bytes.length)),
        ModelFile.tensorDigest(one));
    model.network().weights()[1][0] += 1;
    ModelFile.save(model, other);
    assertFalse(ModelFile.tensorDigest(one).equals(ModelFile.tensorDigest(other)));
  }
}
