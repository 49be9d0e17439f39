package kronwood.data;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntityTableTest {
  private static final EntityIds THREE = EntityIds.of(List.of("b", "a", "c"));

  @Test
  void idsKeepTheirOrderAndAreFoundByName() {
    assertEquals(3, THREE.size());
    assertEquals("a", THREE.id(1));
    assertEquals(1, THREE.indexOf("a"));
    assertEquals(-1, THREE.indexOf("A"));
    assertEquals(List.of("b", "a", "c"), THREE.asList());
    assertEquals(0, EntityIds.of(List.of()).size());
  }

  @Test
  void idsDoNotChangeWithTheCallersList() {
    List<String> list = new ArrayList<>(List.of("x", "y"));
    EntityIds ids = EntityIds.of(list);
    list.set(0, "z");
    assertEquals("x", ids.id(0));
    assertThrows(UnsupportedOperationException.class, () -> ids.asList().set(0, "z"));
  }

  @Test
  void aDuplicateIdIsNamedWithBothPositionsCountedFromOne() {
    assertRefused(
        () -> EntityIds.of(List.of("x", "y", "z", "y")), "duplicate id 'y'", "entities 2 and 4");
  }

  @Test
  void anEmptyIdIsRefused() {
    assertRefused(() -> EntityIds.of(List.of("x", "")), "entity 2 has an empty id");
  }

  @Test
  void featuresAreNamedByTheirNumber() {
    EntityTable table = EntityTable.of("t", THREE, DenseFeatures.of(3, 2, new float[6]));
    assertEquals(List.of("f1", "f2"), table.columns());
    assertEquals(3, table.size());
  }

  @Test
  void similaritiesAreNamedByTheEntitiesTheyAreGivenTo() {
    EntityTable table = EntityTable.of("t", THREE, Similarities.square(3, new float[9]));
    assertEquals(List.of("b", "a", "c"), table.columns());
  }

  @Test
  void idsAndAttributesMustBeEquallyMany() {
    assertRefused(
        () -> EntityTable.of("proteins", THREE, DenseFeatures.of(2, 1, new float[2])),
        "'proteins'",
        "3 ids",
        "2 entities");
  }

  @Test
  void columnNamesMustBeAsManyAsColumns() {
    DenseFeatures features = DenseFeatures.of(3, 2, new float[6]);
    assertRefused(
        () -> new EntityTable("proteins", THREE, List.of("mass"), features),
        "'proteins'",
        "1 column names",
        "2 columns");
    assertRefused(
        () -> EntityTable.of("new", THREE, Similarities.to(2, 3, new float[6])),
        "3 column names",
        "2 columns");
  }
}
