/** The algorithm: exact training of wide two-layer networks on Kronecker-structured inputs. */
module kronwood.core {
  requires static jdk.incubator.vector;
  requires static transitive org.jspecify;

  exports kronwood.math;
  exports kronwood.measure;
  exports kronwood.data;
  exports kronwood.encode;
  exports kronwood.gram;
  exports kronwood.tree;
  exports kronwood.state;
  exports kronwood.linear;
  exports kronwood.train;
  exports kronwood.model;
  exports kronwood.tune;

  uses kronwood.encode.EncoderType;
}
