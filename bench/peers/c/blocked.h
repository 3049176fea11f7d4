// Register-blocked by hand, in the compiler's vector extension: a tile of
// ROWS x COLS vectors of sums stays in registers while its products are summed,
// so that memory is read once a tile and not once a product. What follows a
// product (bias, relu, mask, SGD) is done on the tile before it is stored.
//
// Chosen for this machine by the compiler's own macros: 16 registers hold
// 6 x 2 sums of AVX2, 32 hold 12 x 2 of AVX-512.

static int kernel_threads(void) { return 1; }

#ifdef __AVX512F__
enum { ROWS = 12, COLS = 2 };
#else
enum { ROWS = 6, COLS = 2 };
#endif

typedef float vec __attribute__((vector_size(VECTOR * 4), may_alias));
typedef int ivec __attribute__((vector_size(VECTOR * 4), may_alias));
#define VEC(p) (*(vec *)(p)) // of an address that is a multiple of the vector's size
#define UNROLL _Pragma("GCC unroll 16")

enum Then { BIAS, BIAS_RELU, MASK, STORE, DESCEND };

INLINE vec where_positive(vec h, vec v) { return (vec)((ivec)(h > (vec){0}) & (ivec)v); }

// tile computes rows x cols vectors of c = a b and what follows: element (r, k)
// of a stands at a[r*arow + k*acol], row k of b at b + k*ldb. extra is the bias
// of these columns, or the place in h that corresponds to c.
INLINE void tile(int rows, int cols, enum Then then, float *c, int ldc, const float *a, long arow, long acol,
                 const float *b, int ldb, int depth, const float *extra) {
    vec sum[ROWS][16];
    UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < cols; v++) sum[r][v] = (vec){0};
    for (int k = 0; k < depth; k++) {
        vec row[16];
        UNROLL for (int v = 0; v < cols; v++) row[v] = VEC(b + (long)k * ldb + v * VECTOR);
        UNROLL for (int r = 0; r < rows; r++) {
            float s = a[r * arow + k * acol];
            UNROLL for (int v = 0; v < cols; v++) sum[r][v] += s * row[v];
        }
    }
    UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < cols; v++) {
        float *to = c + (long)r * ldc + v * VECTOR;
        vec s = sum[r][v];
        if (then == BIAS || then == BIAS_RELU) s += VEC(extra + v * VECTOR);
        if (then == BIAS_RELU) s = where_positive(s, s);
        if (then == MASK) s = where_positive(VEC(extra + (long)r * ldc + v * VECTOR), s);
        if (then == DESCEND) s = VEC(to) - (float)RATE * s;
        VEC(to) = s;
    }
}

// rows_of covers one group of columns, with one smaller tile for the rows left.
INLINE void rows_of(int cols, enum Then then, float *c, int ldc, const float *a, long arow, long acol,
                    const float *b, int ldb, int n, int depth, const float *extra) {
    int r = 0;
    for (; r + ROWS <= n; r += ROWS)
        tile(ROWS, cols, then, c + (long)r * ldc, ldc, a + r * arow, arow, acol, b, ldb, depth,
             then == MASK ? extra + (long)r * ldc : extra);
    if (n % ROWS)
        tile(n % ROWS, cols, then, c + (long)r * ldc, ldc, a + r * arow, arow, acol, b, ldb, depth,
             then == MASK ? extra + (long)r * ldc : extra);
}

// product covers c[n][m]; m is padded. One row alone takes wide tiles: there
// is nothing else to hide the latency behind.
INLINE void product(enum Then then, float *c, int ldc, const float *a, long arow, long acol, const float *b, int ldb,
                    int n, int m, int depth, const float *extra) {
    const int wide = n == 1 ? 8 : COLS, vectors = m / VECTOR;
    int v = 0;
    for (; v + wide <= vectors; v += wide)
        rows_of(wide, then, c + v * VECTOR, ldc, a, arow, acol, b + v * VECTOR, ldb, n, depth, extra + v * VECTOR);
    if (vectors % wide)
        rows_of(vectors % wide, then, c + v * VECTOR, ldc, a, arow, acol, b + v * VECTOR, ldb, n, depth, extra + v * VECTOR);
}

INLINE void affine(float *y, const float *x, int stride, const float *w, const float *b, int n, int in, int out, int relu) {
    const int p = PADDED(out);
    if (relu) product(BIAS_RELU, y, p, x, stride, 1, w, p, n, p, in, b);
    else product(BIAS, y, p, x, stride, 1, w, p, n, p, in, b);
}

INLINE void affine_dx(float *dx, const float *h, const float *dy, const float *w, int n, int in, int out) {
    static float wt[WEIGHTS] ALIGNED;
    const int p = PADDED(out), q = PADDED(in);
    for (int k = 0; k < in; k++)
        for (int j = 0; j < out; j++) wt[j * q + k] = w[k * p + j];
    product(MASK, dx, q, dy, p, 1, wt, q, n, q, out, h);
}

INLINE void affine_dweight(float *dw, const float *x, int stride, const float *dy, int n, int in, int out) {
    const int p = PADDED(out);
    product(STORE, dw, p, x, 1, stride, dy, p, in, p, n, dw);
}

INLINE void affine_sgd(float *w, const float *x, int stride, const float *dy, int n, int in, int out) {
    const int p = PADDED(out);
    product(DESCEND, w, p, x, 1, stride, dy, p, in, p, n, w);
}
