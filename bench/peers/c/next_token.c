// The step of specs/next_token.cat in plain C loops, from the book's first
// parameters and on its corpus: rows of constant extent, which the compiler
// unrolls and vectorizes as it likes. It prints the loss after 80 steps, and the
// fastest time of a step in nanoseconds.
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { VOCAB = 5, WIDTH = 4, TOKENS = 8 };

static float embed[VOCAB][WIDTH], weight[WIDTH][VOCAB], bias[VOCAB];

static float starting(int row, int col, int cols, int s) {
    return (float)((((row * cols + col) * 37 + s * 101) % 1000 / 1000.0 - 0.5) * 0.2);
}

static void start(void) {
    for (int t = 0; t < VOCAB; t++)
        for (int i = 0; i < WIDTH; i++) {
            embed[t][i] = starting(t, i, WIDTH, 1);
            weight[i][t] = starting(i, t, VOCAB, 2);
        }
    memset(bias, 0, sizeof bias);
}

// One step on all pairs; it returns the mean loss before it.
static float step(const int *tokens, int n, float rate) {
    float dembed[VOCAB][WIDTH] = {0}, dweight[WIDTH][VOCAB] = {0}, dbias[VOCAB] = {0}, total = 0;
    for (int k = 0; k + 1 < n; k++) {
        int c = tokens[k], next = tokens[k + 1];
        float z[VOCAB], e[VOCAB], sum = 0;
        for (int o = 0; o < VOCAB; o++) {
            z[o] = bias[o];
            for (int i = 0; i < WIDTH; i++) z[o] += embed[c][i] * weight[i][o];
        }
        float most = z[0];
        for (int o = 1; o < VOCAB; o++) most = z[o] > most ? z[o] : most;
        for (int o = 0; o < VOCAB; o++) sum += e[o] = expf(z[o] - most);
        total += logf(sum) + most - z[next];
        for (int o = 0; o < VOCAB; o++) {
            float d = e[o] / sum - (o == next);
            dbias[o] += d;
            for (int i = 0; i < WIDTH; i++) {
                dweight[i][o] += embed[c][i] * d;
                dembed[c][i] += weight[i][o] * d;
            }
        }
    }
    float by = rate / (n - 1);
    for (int t = 0; t < VOCAB; t++)
        for (int i = 0; i < WIDTH; i++) {
            embed[t][i] -= by * dembed[t][i];
            weight[i][t] -= by * dweight[i][t];
        }
    for (int o = 0; o < VOCAB; o++) bias[o] -= by * dbias[o];
    return total / (n - 1);
}

int main(void) {
    static const int corpus[TOKENS] = {1, 2, 3, 4, 1, 2, 3, 4};
    int tokens[TOKENS]; // volatile to the compiler: copied where it cannot see
    memcpy(tokens, corpus, sizeof tokens);
    __asm__ volatile("" : : "r"(tokens) : "memory");
    start();
    float loss = 0;
    for (int k = 0; k <= 80; k++) loss = step(tokens, TOKENS, 1);
    double best = INFINITY;
    for (int round = 0; round < 400; round++) {
        struct timespec a, b;
        start();
        clock_gettime(CLOCK_MONOTONIC, &a);
        for (int k = 0; k < 250; k++) step(tokens, TOKENS, 1);
        clock_gettime(CLOCK_MONOTONIC, &b);
        double ns = ((b.tv_sec - a.tv_sec) * 1e9 + (b.tv_nsec - a.tv_nsec)) / 250;
        best = ns < best ? ns : best;
    }
    printf("%.6f %.1f\n", loss, best);
    return 0;
}
