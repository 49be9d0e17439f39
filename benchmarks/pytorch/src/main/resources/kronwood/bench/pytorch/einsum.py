class Step(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Step, weights: Tensor, uTable: Tensor, vTable: Tensor, left: Tensor, right: Tensor, targets: Tensor, outputs: Tensor, shift: Tensor, step: Tensor, buffer: Tensor) -> Tensor:
    u = torch.index_select(uTable, 0, left)
    v = torch.index_select(vTable, 0, right)
    rows = torch.view(weights, [torch.mul(torch.size(weights, 0), torch.size(u, 1)), torch.size(v, 1)])
    shape = [torch.size(v, 0), torch.size(weights, 0), torch.size(u, 1)]
    partial = torch.view(torch.mm(v, torch.t(rows)), shape)
    z = torch.squeeze(torch.bmm(partial, torch.unsqueeze(u, 2)), 2)
    active = torch.sub(z, shift)
    f = torch.mv(torch.relu(active), outputs)
    r = torch.sub(f, targets)
    g = torch.mul(torch.outer(torch.mul(r, step), outputs), torch.gt(active, 0))
    spread = torch.mul(torch.unsqueeze(g, 2), torch.unsqueeze(u, 1))
    flat = torch.view(spread, [torch.size(v, 0), torch.size(rows, 0)])
    _w = torch.addmm_(rows, torch.t(flat), v)
    return torch.mul(torch.sum(torch.mul(r, r)), 0.5)
