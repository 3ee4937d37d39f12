// A group of invariants, asked while the world runs. Each group is a class in checks/; it sees
// everything the world does and says what is broken.
#pragma once

#include "offline/sync/centre_client.hpp"
#include "tests/simulator/world/centre.hpp"
#include "tests/simulator/world/fate.hpp"
#include "tests/simulator/world/intent.hpp"
#include "tests/simulator/world/machine.hpp"

#include <memory>
#include <string>
#include <vector>

namespace simulator {

class World;

struct Breach {
    std::string invariant;  // I1 …, of offline-sync.md 4.1
    std::string what;
};

class Check {
  public:
    explicit Check(World& world) : world_(world) {}
    virtual ~Check() = default;

    virtual void after_step(Machine&) {}
    virtual void after_boot(Machine&) {}
    virtual void told(const Intent&, const base::Result<domain::LocalReceipt>&) {}
    virtual void sent(Machine&, const offline::sync::Exchange&, Fate) {}
    // The exchange ended at the machine; `answer` is what it was given.
    virtual void returned(Machine&, const base::Result<offline::sync::Answer>&) {}
    // As the centre gave it, before the line has it.
    virtual void centre_answered(const offline::sync::Exchange&, const offline::sync::Answer&) {}
    virtual void clock_jumped(Machine&) {}
    virtual void nudged(Machine&) {}
    virtual void drained() {}  // the end: faults stopped long ago

  protected:
    void broken(const std::string& invariant, const std::string& what);
    World& world_;
};

std::vector<std::unique_ptr<Check>> all_checks(World& world);

}  // namespace simulator
