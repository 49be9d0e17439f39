package kronwood.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void numbersHaveFourDecimalsUnlessTheseSayNothing() {
    assertEquals("0.2690", Text.number(0.269));
    assertEquals("0.0000", Text.number(0));
    assertEquals("-1.2346", Text.number(-1.23456));
    assertEquals("1.235e-05", Text.number(0.000012345));
    assertEquals("1.235e+07", Text.number(12345678));
    assertEquals("-", Text.number(Double.NaN));
    assertEquals("-", Text.number(Double.POSITIVE_INFINITY));
  }

  @Test
  void timesAreMinutesAndSecondsOrHoursToo() {
    assertEquals("0:00", Text.clock(-1));
    assertEquals("0:42", Text.clock(41.6));
    assertEquals("59:59", Text.clock(3599));
    assertEquals("1:02:03", Text.clock(3723));
    assertEquals("0.250 s", Text.seconds(0.25));
    assertEquals("12.3 s", Text.seconds(12.34));
  }

  @Test
  void sizesAreInMegabytesOrGigabytes() {
    assertEquals("0.1 MB", Text.bytes(100_000));
    assertEquals("1.5 GB", Text.bytes(1.5e9));
    assertEquals("25,046", Text.count(25046));
  }
}
