import torch
import torch.nn.functional as F
from values import case, chances, numbers, positive

for name, f in {
    "relu": F.relu,
    "leaky_relu": lambda x: F.leaky_relu(x, 0.125),
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "softplus": F.softplus,
    "gelu": F.gelu,
    "silu": F.silu,
    "exp": torch.exp,
    "softmax": lambda x: F.softmax(x, -1),
}.items():
    case(name, f, [numbers(3, 5)])
case("log", torch.log, [positive(3, 5)])
case("logit", torch.logit, [chances(3, 5)])
case("line", lambda x: F.softmax(x, -1), [numbers(7, scale=4.0)])
case("elu", lambda x: F.elu(x, 0.75), [numbers(3, 5)])
case("log_softmax", lambda x: F.log_softmax(x, -1), [numbers(3, 5)])
