package kronwood.report.page;

/**
 * A chart.
 *
 * @param title what it shows
 * @param finding what can be read off it, in a sentence
 * @param svg the chart: one {@code <svg>} element that also works as a file of its own
 * @param numbers the same as a table
 */
public record Figure(String title, String finding, String svg, Table numbers) implements Part {}
