// Plain loops, ordered so that the compiler can vectorize the innermost one.
// Sums of a row are kept in a local array, the SGD update is fused into the
// weight's derivative.

static int kernel_threads(void) { return 1; }

// y[n][out] = x[n][in] w[in][out] + b, and relu.
INLINE void affine(float *y, const float *x, int stride, const float *w, const float *b, int n, int in, int out, int relu) {
    const int p = PADDED(out);
    for (int r = 0; r < n; r++) {
        float sum[MOST] ALIGNED;
        for (int j = 0; j < p; j++) sum[j] = b[j];
        for (int k = 0; k < in; k++)
            for (int j = 0; j < p; j++) sum[j] += x[r * stride + k] * w[k * p + j];
        for (int j = 0; j < p; j++) y[r * p + j] = relu && sum[j] < 0 ? 0 : sum[j];
    }
}

// dx[n][in] = dy[n][out] wT[out][in] where h > 0, else 0.
INLINE void affine_dx(float *dx, const float *h, const float *dy, const float *w, int n, int in, int out) {
    static float wt[WEIGHTS] ALIGNED;
    const int p = PADDED(out), q = PADDED(in);
    for (int k = 0; k < in; k++)
        for (int j = 0; j < out; j++) wt[j * q + k] = w[k * p + j];
    for (int r = 0; r < n; r++) {
        float sum[MOST] ALIGNED;
        for (int k = 0; k < q; k++) sum[k] = 0;
        for (int j = 0; j < out; j++)
            for (int k = 0; k < q; k++) sum[k] += dy[r * p + j] * wt[j * q + k];
        for (int k = 0; k < q; k++) dx[r * q + k] = h[r * q + k] > 0 ? sum[k] : 0;
    }
}

// row_dweight sums one row of the derivative by the weight, xT[in][n] dy[n][out].
INLINE void row_dweight(float *sum, const float *x, int stride, const float *dy, int n, int p) {
    for (int j = 0; j < p; j++) sum[j] = 0;
    for (int r = 0; r < n; r++)
        for (int j = 0; j < p; j++) sum[j] += x[r * stride] * dy[r * p + j];
}

INLINE void affine_dweight(float *dw, const float *x, int stride, const float *dy, int n, int in, int out) {
    const int p = PADDED(out);
    for (int k = 0; k < in; k++) {
        float sum[MOST] ALIGNED;
        row_dweight(sum, x + k, stride, dy, n, p);
        for (int j = 0; j < p; j++) dw[k * p + j] = sum[j];
    }
}

INLINE void affine_sgd(float *w, const float *x, int stride, const float *dy, int n, int in, int out) {
    const int p = PADDED(out);
    for (int k = 0; k < in; k++) {
        float sum[MOST] ALIGNED;
        row_dweight(sum, x + k, stride, dy, n, p);
        for (int j = 0; j < p; j++) w[k * p + j] -= (float)RATE * sum[j];
    }
}
