package kronwood.report.page;

/**
 * A paragraph of plain text.
 *
 * @param text its words
 */
public record Paragraph(String text) implements Part {}
