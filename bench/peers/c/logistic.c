// Logistic regression in plain C loops: sigmoid, binary cross entropy, SGD.
//
// Compiled for one workload: -DNAME -DDIM -DBATCH -DSTEPS -DBUFFERS -DRATE.
#include "bench.h"

static float x[BUFFERS][STEPS * BATCH][DIM] ALIGNED, y[BUFFERS][STEPS * BATCH];
static float weight[DIM], bias;
static double loss; // sum of the steps' mean losses

// One step on a batch. Everything has a constant extent, so the compiler
// unrolls and vectorizes as it likes.
INLINE float step(const float (*x)[DIM], const float *y) {
    float z[BATCH], d[BATCH], total = 0;
    for (int b = 0; b < BATCH; b++) {
        z[b] = bias;
        for (int j = 0; j < DIM; j++) z[b] += weight[j] * x[b][j];
    }
    // One exponential serves the loss and the probability, and neither
    // overflows: e = exp(-|z|).
    for (int b = 0; b < BATCH; b++) {
        float e = expf(-fabsf(z[b])), p = 1 / (1 + e);
        p = z[b] >= 0 ? p : e * p;
        total += logf(1 + e) + (z[b] > 0 ? z[b] : 0) - z[b] * y[b];
        d[b] = (p - y[b]) * ((float)RATE / BATCH);
    }
    float dweight[DIM] = {0}, dbias = 0;
    for (int b = 0; b < BATCH; b++) {
        for (int j = 0; j < DIM; j++) dweight[j] += d[b] * x[b][j];
        dbias += d[b];
    }
    for (int j = 0; j < DIM; j++) weight[j] -= dweight[j];
    bias -= dbias;
    return total / BATCH;
}

static void call(int i) {
    i %= BUFFERS;
    float sum = 0;
    for (int s = 0; s < STEPS; s++) sum += step(x[i] + s * BATCH, y[i] + s * BATCH);
    loss += sum;
}

int main(int argc, char **argv) {
    open_data(argv[1]);
    read_data(&x[0][0][0], sizeof x / sizeof(float));
    read_data(&y[0][0], sizeof y / sizeof(float));
    read_data(weight, DIM);
    read_data(&bias, 1);
    for (int i = 0; i < BUFFERS; i++) call(i);
    double check = loss / BUFFERS / STEPS;
    report("c_plain", NAME, 1, STEPS, call, check);
    return !isfinite(loss);
}
