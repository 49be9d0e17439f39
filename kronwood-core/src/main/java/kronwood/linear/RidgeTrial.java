package kronwood.linear;

/**
 * One strength of regularisation that was tried for one output, and how well it did.
 *
 * @param output number of the output
 * @param lambda λ
 * @param iterations iterations of conjugate gradients after which the error was this
 * @param residual what was left to solve by then, as a share of the right-hand side
 * @param validationError weighted mean squared error on the validation samples
 */
public record RidgeTrial(
    int output, double lambda, int iterations, double residual, double validationError) {}
