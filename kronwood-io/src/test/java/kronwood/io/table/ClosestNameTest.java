package kronwood.io.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClosestNameTest {
  @Test
  void caseSpacesAndLeadingZerosCountLeast() {
    assertEquals("007", ClosestName.of("7", List.of("8", "007")));
    assertEquals("ABL1", ClosestName.of(" abl1 ", List.of("ABL2", "ABL1")));
  }

  @Test
  void theNearestNameIsFound() {
    assertEquals("affinity", ClosestName.of("afinity", List.of("left", "affinities", "affinity")));
    assertEquals("CHEMBL1000", ClosestName.of("CHEMBL1001", List.of("CHEMBL2222", "CHEMBL1000")));
  }

  @Test
  void nothingIsSuggestedWhereNothingIsNear() {
    assertNull(ClosestName.of("affinity", List.of("left", "right", "fold")));
    assertNull(ClosestName.of("y", List.of("x", "z")));
    assertNull(ClosestName.of("y", List.of()));
  }
}
