import torch
from values import case, classes, numbers

for name, f in {
    "sum_leading": lambda x: x.sum(0),
    "mean_leading": lambda x: x.mean(0),
    "max_leading": lambda x: x.amax(0),
    "sum_trailing": lambda x: x.sum(2),
    "mean_trailing": lambda x: x.mean((1, 2)),
    "max_trailing": lambda x: x.amax((1, 2)),
    "transpose": lambda x: x.transpose(1, 2),
    "argmax": lambda x: x.argmax(-1),
}.items():
    case(name, f, [numbers(2, 4, 3)])
case("reshape", lambda x: x.reshape(6, 4), [numbers(2, 4, 3)])
case("flatten", torch.flatten, [numbers(2, 4, 3)])
case("concat", lambda a, b: torch.cat([a, b], -1), [numbers(2, 4, 3), numbers(2, 4, 2)])
case("slice", lambda x: x[..., 1:3], [numbers(2, 4, 3)])
case("layers", lambda x, p: x @ p["weight"].T + p["bias"], [numbers(3, 4)], {"weight": numbers(4, 4), "bias": numbers(4)})
case("row_at", lambda x, at: x[at], [numbers(3, 4), classes(3)])
