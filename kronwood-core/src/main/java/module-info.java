/**
 * The algorithm: exact training of wide two-layer networks on Kronecker-structured inputs.
 *
 * <p>Programs begin with {@code kronwood.Kronwood} in the module kronwood-library, which reads
 * files and predicts by ids. Without it: make a {@link kronwood.data.Dataset} and a {@link
 * kronwood.data.Split}, train with {@link kronwood.fit.ModelTraining} and {@link
 * kronwood.fit.ModelOptions#defaults}, predict with {@link kronwood.model.Model#predictor}.
 */
module kronwood.core {
  requires static jdk.incubator.vector;
  requires static transitive org.jspecify;

  exports kronwood.fault;
  exports kronwood.math;
  exports kronwood.math.kernel;
  exports kronwood.measure;
  exports kronwood.data;
  exports kronwood.data.feed;
  exports kronwood.data.fold;
  exports kronwood.encode;
  exports kronwood.gram;
  exports kronwood.input;
  exports kronwood.tree;
  exports kronwood.state;
  exports kronwood.loss;
  exports kronwood.network;
  exports kronwood.linear;
  exports kronwood.engine;
  exports kronwood.engine.weights;
  exports kronwood.plan;
  exports kronwood.train;
  exports kronwood.file;
  exports kronwood.prepared;
  exports kronwood.model;
  exports kronwood.model.file;
  exports kronwood.fit;
  exports kronwood.tune;
  exports kronwood.validate;

  uses kronwood.encode.EncoderType;
}
