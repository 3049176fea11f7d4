import torch
import torch.nn.functional as F
from values import case, classes, numbers

case("lookup", F.embedding, [torch.tensor([4, 0, 4, 5, 4])], numbers(6, 3))
case("lookup_one", F.embedding, [classes(6)], numbers(6, 3))
case(
    "token_position_embedding",
    lambda c, p: F.embedding(c, p["token"]) + p["position"],
    [torch.tensor([1, 3, 3, 0, 1])],
    {"token": numbers(6, 3), "position": numbers(5, 3)},
)
