"""scikit-learn: partial_fit of SGDClassifier, MLPClassifier and MLPRegressor on one batch, predict_proba for inference.

SGDClassifier takes one example a step whatever it is given, so it stands for
the one-example workloads only, and its loss is not computed. MLPClassifier
applies softmax in inference; there is no call that leaves it out.
"""

import sys
import warnings

import numpy as np
from sklearn.linear_model import SGDClassifier
from sklearn.neural_network import MLPClassifier, MLPRegressor

from peer import arguments, report

warnings.filterwarnings("ignore")
w, threads = arguments()
n = w.buffers


def logistic():
    if w.batch != 1:
        sys.exit("one example a step only")
    model = SGDClassifier(loss="log_loss", learning_rate="constant", eta0=w.rate, alpha=0, shuffle=False)
    model.partial_fit(w.x[0], w.y[0], classes=[0, 1])
    report("sklearn", w, threads, lambda i: model.partial_fit(w.x[i % n], w.y[i % n]), float("nan"))


def network():
    kind, scale = (MLPRegressor, 2) if w.loss == "squared" else (MLPClassifier, 1)  # half of (y - t)²
    model = kind(w.dims[1:-1], solver="sgd" if w.optimizer == "none" else w.optimizer, alpha=0, momentum=0,
                 batch_size=w.batch, learning_rate_init=w.rate * scale or 1, shuffle=False)

    def fit(i):
        if scale == 2:
            model.partial_fit(w.x[i % n], w.y[i % n])
        else:
            model.partial_fit(w.x[i % n], w.y[i % n], classes=range(w.dims[-1]))
        return model.loss_ * scale

    fit(0)  # makes the parameters
    for l, (weight, bias) in enumerate(w.layers):
        model.coefs_[l][...] = weight.T
        model.intercepts_[l][...] = bias
    if w.optimizer == "none":
        return report("sklearn", w, threads, lambda i: model.predict_proba(w.x[i % n]), float("nan"))
    model._optimizer.__init__(model.coefs_ + model.intercepts_, model.learning_rate_init)  # forget that first step
    if w.optimizer == "sgd":
        model._optimizer.momentum = 0
    check = float(np.mean([fit(i) for i in range(n)]))
    report("sklearn", w, threads, fit, check)


logistic() if w.loss == "logistic" else network()
