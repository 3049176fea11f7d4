// OpenBLAS for the matrix products, plain loops for the rest. SGD's update is
// the product's own scale and sum: W += -rate XT dY.
#include <cblas.h>

static int kernel_threads(void) { return openblas_get_num_threads(); }

INLINE void affine(float *y, const float *x, int stride, const float *w, const float *b, int n, int in, int out, int relu) {
    const int p = PADDED(out);
    if (n == 1) // a vector has a routine of its own
        cblas_sgemv(CblasRowMajor, CblasTrans, in, out, 1, w, p, x, 1, 0, y, 1);
    else
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, out, in, 1, x, stride, w, p, 0, y, p);
    for (int r = 0; r < n; r++)
        for (int j = 0; j < out; j++) {
            float v = y[r * p + j] + b[j];
            y[r * p + j] = relu && v < 0 ? 0 : v;
        }
}

INLINE void affine_dx(float *dx, const float *h, const float *dy, const float *w, int n, int in, int out) {
    const int p = PADDED(out), q = PADDED(in);
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, n, in, out, 1, dy, p, w, p, 0, dx, q);
    for (int r = 0; r < n; r++)
        for (int k = 0; k < in; k++) dx[r * q + k] = h[r * q + k] > 0 ? dx[r * q + k] : 0;
}

INLINE void affine_dweight(float *dw, const float *x, int stride, const float *dy, int n, int in, int out) {
    const int p = PADDED(out);
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, in, out, n, 1, x, stride, dy, p, 0, dw, p);
}

INLINE void affine_sgd(float *w, const float *x, int stride, const float *dy, int n, int in, int out) {
    const int p = PADDED(out);
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, in, out, n, -(float)RATE, x, stride, dy, p, 1, w, p);
}
