// A multilayer perceptron in C: affine maps with relu between them, softmax
// cross entropy or squared error, SGD or Adam, or inference only.
//
// Compiled for one workload and one set of kernels: -DNAME -DDIMS=784,128,10
// -DBATCH -DBUFFERS -DRATE, -DSOFTMAX or -DSQUARED, -DSGD or -DADAM or -DNONE,
// -DKERNELS="plain.h" and so on. All extents are constants, and every kernel is
// inlined with them.
//
// Weights are stored [in][out], rows of activations and of weights padded to
// whole vectors: the layout that suits these loops best.
#include "bench.h"

static const int dims[] = {DIMS};
enum { LAYERS = sizeof dims / sizeof *dims - 1, IN = FIRST, OUT = LAST };
#define FOR_LAYERS _Pragma("GCC unroll 8") for (int l = 0; l < LAYERS; l++)
#define FOR_LAYERS_BACK _Pragma("GCC unroll 8") for (int l = LAYERS - 1; l >= 0; l--)

#ifdef __AVX512F__
enum { VECTOR = 16 };
#else
enum { VECTOR = 8 };
#endif
#define PADDED(n) (((n) + VECTOR - 1) / VECTOR * VECTOR)

// MOST is at least the padded extent of every layer but the input, and
// WEIGHTS at least the size of every layer's padded weights.
static float x[BUFFERS][BATCH][IN] ALIGNED, y[BUFFERS][BATCH];
static float weight[LAYERS][WEIGHTS] ALIGNED, bias[LAYERS][MOST] ALIGNED;
static float act[LAYERS][BATCH * MOST] ALIGNED, dact[LAYERS][BATCH * MOST] ALIGNED;
static float dweight[LAYERS][WEIGHTS] ALIGNED, dbias[MOST] ALIGNED;
static float wmean[LAYERS][WEIGHTS] ALIGNED, wvar[LAYERS][WEIGHTS] ALIGNED;
static float bmean[LAYERS][MOST] ALIGNED, bvar[LAYERS][MOST] ALIGNED;
static int count;   // Adam's steps
static double seen; // sum of the steps' mean losses; in inference, of the scores' squares

#include KERNELS

// softmax_loss assigns the derivative of the mean cross entropy by the scores,
// and returns the mean cross entropy.
INLINE float softmax_loss(const float *scores, float *dscores, const float *class) {
    float loss = 0;
    for (int b = 0; b < BATCH; b++, scores += PADDED(OUT), dscores += PADDED(OUT)) {
        float e[OUT], most = scores[0], sum = 0;
        for (int j = 1; j < OUT; j++) most = scores[j] > most ? scores[j] : most;
        for (int j = 0; j < OUT; j++) sum += e[j] = expf(scores[j] - most);
        for (int j = 0; j < OUT; j++) dscores[j] = e[j] * (1.0f / BATCH / sum);
        int c = class[b];
        dscores[c] -= 1.0f / BATCH;
        loss += logf(sum) + most - scores[c];
    }
    return loss / BATCH;
}

// squared_loss is the same for the mean squared error of one score.
INLINE float squared_loss(const float *scores, float *dscores, const float *target) {
    float loss = 0;
    for (int b = 0; b < BATCH; b++, scores += PADDED(OUT), dscores += PADDED(OUT)) {
        float d = scores[0] - target[b];
        dscores[0] = d * (2.0f / BATCH);
        loss += d * d;
    }
    return loss / BATCH;
}

INLINE void adam(float *w, float *mean, float *var, const float *g, int n) {
    float rate = RATE / (1 - powf(0.9f, count)), scale = 1 / (1 - powf(0.999f, count));
    for (int i = 0; i < n; i++) {
        mean[i] = 0.9f * mean[i] + 0.1f * g[i];
        var[i] = 0.999f * var[i] + 0.001f * g[i] * g[i];
        w[i] -= rate * mean[i] / (sqrtf(var[i] * scale) + 1e-8f);
    }
}

INLINE void update_bias(int l) {
    const int out = dims[l + 1];
    for (int j = 0; j < out; j++) dbias[j] = 0;
    for (int b = 0; b < BATCH; b++)
        for (int j = 0; j < out; j++) dbias[j] += dact[l][b * PADDED(out) + j];
#ifdef ADAM
    adam(bias[l], bmean[l], bvar[l], dbias, out);
#else
    for (int j = 0; j < out; j++) bias[l][j] -= (float)RATE * dbias[j];
#endif
}

INLINE void forward(const float *in) {
    FOR_LAYERS {
        const float *from = l ? act[l - 1] : in;
        affine(act[l], from, l ? PADDED(dims[l]) : IN, weight[l], bias[l], BATCH, dims[l], dims[l + 1], l < LAYERS - 1);
    }
}

static void train(int i) {
    i %= BUFFERS;
    forward(&x[i][0][0]);
#ifdef SOFTMAX
    seen += softmax_loss(act[LAYERS - 1], dact[LAYERS - 1], y[i]);
#else
    seen += squared_loss(act[LAYERS - 1], dact[LAYERS - 1], y[i]);
#endif
    count++;
    FOR_LAYERS_BACK {
        const float *from = l ? act[l - 1] : &x[i][0][0];
        const int in = dims[l], out = dims[l + 1], stride = l ? PADDED(in) : IN;
        if (l) affine_dx(dact[l - 1], act[l - 1], dact[l], weight[l], BATCH, in, out); // before the weights move
#ifdef ADAM
        affine_dweight(dweight[l], from, stride, dact[l], BATCH, in, out);
        adam(weight[l], wmean[l], wvar[l], dweight[l], in * PADDED(out));
#else
        affine_sgd(weight[l], from, stride, dact[l], BATCH, in, out);
#endif
        update_bias(l);
    }
}

static void infer(int i) { forward(&x[i % BUFFERS][0][0]); }

// first_pass goes through all buffers once and returns the mean loss, or the
// mean square of the scores.
static double first_pass(void) {
    for (int i = 0; i < BUFFERS; i++) {
#ifdef NONE
        infer(i);
        double squares = 0;
        for (int b = 0; b < BATCH; b++)
            for (int j = 0; j < OUT; j++) squares += pow(act[LAYERS - 1][b * PADDED(OUT) + j], 2);
        seen += squares / BATCH / OUT;
#else
        train(i);
#endif
    }
    return seen / BUFFERS;
}

int main(int argc, char **argv) {
    open_data(argv[1]);
    read_data(&x[0][0][0], sizeof x / sizeof(float));
    read_data(&y[0][0], sizeof y / sizeof(float));
    for (int l = 0; l < LAYERS; l++) {
        const int in = dims[l], out = dims[l + 1];
        for (int j = 0; j < out; j++)
            for (int k = 0; k < in; k++) read_data(&weight[l][k * PADDED(out) + j], 1);
        read_data(bias[l], out);
    }
    double check = first_pass();
#ifdef NONE
    report(PEER, NAME, kernel_threads(), 1, infer, check);
#else
    report(PEER, NAME, kernel_threads(), 1, train, check);
#endif
    return !isfinite(seen);
}
