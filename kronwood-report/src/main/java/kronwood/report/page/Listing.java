package kronwood.report.page;

/**
 * Lines that are to be copied as they are, such as a command.
 *
 * @param text the lines
 */
public record Listing(String text) implements Part {}
