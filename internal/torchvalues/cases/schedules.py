import torch
import torch.optim.lr_scheduler as S
from values import case

RATE = 0.25


def rate_at(step, make):
    """The rate of the step after so many."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=RATE)
    scheduler = make(optimizer)
    for _ in range(step):
        optimizer.step()
        scheduler.step()
    return torch.tensor(optimizer.param_groups[0]["lr"])


def schedule(arrow, step, make, steps=None):
    counts = [torch.tensor(step)] + ([] if steps is None else [torch.tensor(steps)])
    case(arrow, lambda *_: rate_at(step, make), counts)


def warm(o):
    return S.LinearLR(o, start_factor=1 / 8, total_iters=7)


def warmed(o):
    return S.SequentialLR(o, [warm(o), S.CosineAnnealingLR(o, T_max=40 - 8)], milestones=[8])


schedule("stairs", 9, lambda o: S.StepLR(o, step_size=10, gamma=0.5))
schedule("stairs2", 30, lambda o: S.StepLR(o, step_size=10, gamma=0.5))
schedule("slide", 13, lambda o: S.ExponentialLR(o, gamma=0.875))
case("warm", lambda t: rate_at(3, warm) / RATE, [torch.tensor(3)])
case("warm2", lambda t: rate_at(30, warm) / RATE, [torch.tensor(30)])
schedule("line", 17, lambda o: S.LinearLR(o, start_factor=1, end_factor=0.25, total_iters=40), steps=40)
schedule("line2", 39, lambda o: S.LinearLR(o, start_factor=1, end_factor=0, total_iters=40), steps=40)
schedule("cosine", 17, lambda o: S.CosineAnnealingLR(o, T_max=40), steps=40)
schedule("cosine2", 31, lambda o: S.CosineAnnealingLR(o, T_max=40, eta_min=0.0625), steps=40)
schedule("cosine3", 39, lambda o: S.CosineAnnealingLR(o, T_max=40), steps=40)
schedule("climbs", 5, warmed, steps=40)
schedule("falls", 25, warmed, steps=40)
schedule("cycle", 4, lambda o: S.OneCycleLR(o, max_lr=RATE, total_steps=40), steps=40)
schedule("cycle2", 26, lambda o: S.OneCycleLR(o, max_lr=RATE, total_steps=40), steps=40)
schedule("cycle3", 30, lambda o: S.OneCycleLR(o, max_lr=RATE, total_steps=41, pct_start=0.5, div_factor=10, final_div_factor=100), steps=41)
schedule("cycle4", 39, lambda o: S.OneCycleLR(o, max_lr=RATE, total_steps=40), steps=40)
