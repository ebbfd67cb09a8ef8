"""The ledger."""
class Ledger:
    def __init__(self, world, table): self.records=[]
    def append(self, r): self.records.append(r)
