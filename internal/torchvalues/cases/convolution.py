import torch.nn.functional as F
from values import case, numbers


def conv(**settings):
    return lambda x, p: F.conv2d(x, p["weight"], p["bias"], **settings)


def filters():
    return {"weight": numbers(3, 2, 3, 2, scale=0.5), "bias": numbers(3, scale=0.5)}


case("conv2d", conv(), [numbers(2, 7, 6)], filters())
case("conv2d_padded", conv(padding=2), [numbers(2, 7, 6)], filters())
case("conv2d_strided", conv(stride=2, padding=1), [numbers(2, 7, 6)], filters())
case("conv2d_several", conv(), [numbers(3, 2, 7, 6)], filters())
case("max_pool", lambda x: F.max_pool2d(x, 2), [numbers(2, 7, 6)])
case("max_pools", lambda x: F.max_pool2d(x, 2), [numbers(3, 2, 7, 6)])
case("max_pool_laps", lambda x: F.max_pool2d(x, 3, 2), [numbers(2, 7, 6)])
case("avg_pool", lambda x: F.avg_pool2d(x, 2), [numbers(2, 7, 6)])
case("avg_pool_laps", lambda x: F.avg_pool2d(x, 3, 2), [numbers(2, 7, 6)])
