class Step(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Step, weights: Tensor, uTable: Tensor, vTable: Tensor, left: Tensor, right: Tensor, targets: Tensor, outputs: Tensor, shift: Tensor, step: Tensor, buffer: Tensor) -> Tensor:
    u = torch.index_select(uTable, 0, left)
    v = torch.index_select(vTable, 0, right)
    product = torch.view(buffer, [torch.size(u, 0), torch.size(u, 1), torch.size(v, 1)])
    _x = torch.mul(torch.unsqueeze(u, 2), torch.unsqueeze(v, 1), out=product)
    z = torch.linear(buffer, weights)
    active = torch.sub(z, shift)
    f = torch.mv(torch.relu(active), outputs)
    r = torch.sub(f, targets)
    g = torch.mul(torch.outer(torch.mul(r, step), outputs), torch.gt(active, 0))
    _w = torch.addmm_(weights, torch.t(g), buffer)
    return torch.mul(torch.sum(torch.mul(r, r)), 0.5)
