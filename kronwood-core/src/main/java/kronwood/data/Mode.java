package kronwood.data;

/**
 * One axis of the Kronecker product: a role name and the table that fills it. Two modes may share
 * one table ({@code image ⊗ image}); they then hold the same {@link EntityTable} object.
 *
 * @param name name of the role, and of the column that holds its ids
 * @param table the entities that may fill the role
 */
public record Mode(String name, EntityTable table) {}
