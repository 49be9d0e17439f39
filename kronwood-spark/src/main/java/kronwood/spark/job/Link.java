package kronwood.spark.job;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A connection to the partner of a round. */
final class Link {
  final int rank;
  final SocketExchange.Peer peer;
  final SocketChannel channel;
  final Selector selector;
  final SelectionKey key;
  final ByteBuffer out = ByteBuffer.allocateDirect(1 << 16);
  final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);

  Link(int rank, SocketExchange.Peer peer, SocketChannel channel) throws IOException {
    this.rank = rank;
    this.peer = peer;
    this.channel = channel;
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    this.selector = Selector.open();
    this.key = channel.register(selector, SelectionKey.OP_READ);
    in.limit(0);
  }

  String name() {
    return "worker %d (%s port %d)".formatted(rank, peer.host(), peer.port());
  }
}
