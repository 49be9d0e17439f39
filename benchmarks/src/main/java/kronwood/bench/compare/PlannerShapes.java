package kronwood.bench.compare;

import java.util.List;
import kronwood.bench.compare.PlannerShape.Entities;

/** The shapes of the case {@code planner}: each favours another plan, or is a usual one. */
final class PlannerShapes {
  private PlannerShapes() {}

  /** All of them, or a few toys. */
  static List<PlannerShape> all(boolean quick) {
    return quick ? quick() : full();
  }

  private static List<PlannerShape> quick() {
    return List.of(
        PlannerShape.grid("pairs", 60, 16, 8, new Entities(9, 4), new Entities(8, 3)),
        new PlannerShape(
            "image ⊗ image", List.of(new Entities(40, 5)), List.of(0, 0), true, 40, 16, 8));
  }

  private static List<PlannerShape> full() {
    return List.of(
        PlannerShape.grid(
            "as Davis", 25_046, 512, 64, new Entities(68, 68), new Entities(442, 442)),
        PlannerShape.grid(
            "as KIBA", 116_000, 128, 64, new Entities(2111, 500), new Entities(229, 229)),
        PlannerShape.grid(
            "grid 100²", 10_000, 512, 64, new Entities(100, 100), new Entities(100, 100)),
        PlannerShape.grid(
            "grid 300², half", 45_000, 256, 64, new Entities(300, 100), new Entities(300, 100)),
        PlannerShape.grid(
            "grid 1000², 5 %", 50_000, 256, 64, new Entities(1000, 100), new Entities(1000, 100)),
        PlannerShape.grid("one mode", 5_000, 512, 64, new Entities(5_000, 64)),
        new PlannerShape(
            "image ⊗ image", List.of(new Entities(2_000, 64)), List.of(0, 0), true, 2_000, 256, 64),
        new PlannerShape(
            "many images", List.of(new Entities(20_000, 40)), List.of(0, 0), true, 20_000, 256, 64),
        PlannerShape.grid(
            "three modes",
            12_000,
            256,
            64,
            new Entities(20, 20),
            new Entities(30, 30),
            new Entities(40, 40)),
        new PlannerShape(
            "one table, two modes",
            List.of(new Entities(300, 50)),
            List.of(0, 0),
            false,
            20_000,
            256,
            64),
        PlannerShape.grid(
            "few on the left", 20_000, 256, 64, new Entities(5, 5), new Entities(5000, 100)),
        PlannerShape.grid(
            "very low rank", 40_000, 256, 64, new Entities(300, 3), new Entities(300, 3)),
        PlannerShape.grid("wide", 4_800, 4_096, 64, new Entities(60, 60), new Entities(80, 80)),
        PlannerShape.grid("narrow", 30_000, 32, 64, new Entities(300, 60), new Entities(200, 60)),
        PlannerShape.grid(
            "batches of 16", 12_000, 512, 16, new Entities(100, 100), new Entities(150, 100)),
        PlannerShape.grid(
            "batches of 256", 12_000, 512, 256, new Entities(100, 100), new Entities(150, 100)),
        PlannerShape.grid("few samples", 300, 256, 64, new Entities(30, 30), new Entities(30, 30)));
  }
}
