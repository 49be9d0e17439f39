/** The algorithm: exact training of wide two-layer networks on Kronecker-structured inputs. */
module kronwood.core {
  requires static jdk.incubator.vector;
  requires static transitive org.jspecify;

  exports kronwood.fault;
  exports kronwood.math;
  exports kronwood.measure;
  exports kronwood.data;
  exports kronwood.encode;
  exports kronwood.gram;
  exports kronwood.input;
  exports kronwood.tree;
  exports kronwood.state;
  exports kronwood.loss;
  exports kronwood.network;
  exports kronwood.linear;
  exports kronwood.engine;
  exports kronwood.plan;
  exports kronwood.train;
  exports kronwood.file;
  exports kronwood.model;
  exports kronwood.fit;
  exports kronwood.tune;
  exports kronwood.validate;

  uses kronwood.encode.EncoderType;
}
