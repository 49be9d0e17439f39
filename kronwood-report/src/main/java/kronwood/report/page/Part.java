package kronwood.report.page;

/** A part of a section. */
public sealed interface Part permits Paragraph, Listing, Table, Figure {}
