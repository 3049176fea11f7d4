import torch
import torch.nn.functional as F
from values import case, chances, classes, distributions, numbers

case("squared_error", F.mse_loss, [numbers(), numbers()])
case("mean_squared_error", F.mse_loss, [numbers(3, 4), numbers(3, 4)])
case("squared_distance", lambda p, t: F.mse_loss(p, t, reduction="sum"), [numbers(3, 4), numbers(3, 4)])
# torch.autograd has no derivative of binary_cross_entropy by its target, so it is spelt out.
case("binary_cross_entropy", lambda p, t: -(t * torch.log(p) + (1 - t) * torch.log(1 - p)).mean(), [chances(3, 4), chances(3, 4)])
case("sigmoid_binary_cross_entropy", F.binary_cross_entropy_with_logits, [numbers(3, 4), chances(3, 4)])
case("cross_entropy", lambda p, c: F.nll_loss(torch.log(p), c), [distributions(3, 4), classes(4, 3)])
case("softmax_cross_entropy", F.cross_entropy, [numbers(3, 4), classes(4, 3)])
case("one_class", F.cross_entropy, [numbers(5), classes(5)])
case("huber", lambda p, t: F.huber_loss(p, t, delta=0.75), [numbers(3, 4), numbers(3, 4)])
case("hinge", lambda z, t: F.relu(1 - t * z).mean(), [numbers(3, 4), 2 * classes(2, 3, 4) - 1])
# std adds p - t to each term, which says nothing about distributions but has a slope.
case(
    "kl_divergence",
    lambda p, t: F.kl_div(torch.log(p), t, reduction="batchmean") + (p - t).sum() / 3,
    [distributions(3, 4), distributions(3, 4)],
)
weights = torch.tensor([1.0, 3.0, 1.0, 1.5, 1.0])
for name, c in ("weighted", 1), ("weighted2", 3):
    case(name, lambda z, c: F.cross_entropy(z[None], c[None], weight=weights, reduction="sum"), [numbers(5), torch.tensor(c)])
