package kronwood.tree;

/**
 * Work a tree has done since it was made.
 *
 * @param queries samples queried
 * @param nodesVisited nodes compared with the shift in all queries
 * @param leavesVisited those of them that were leaves, fired or not
 * @param neuronsFired neurons reported in all queries
 * @param leavesUpdated leaves changed in all updates
 */
public record TreeCounters(
    long queries, long nodesVisited, long leavesVisited, long neuronsFired, long leavesUpdated) {}
