// Asks upsd through NUT's own client, `upsc NAME`, as a child process: this program itself has no
// network, and the protocol with its versions stays NUT's business. Fault: UpsSilent.
#pragma once

#include "drivers/cabinet/ups/ups_watcher.hpp"

namespace drivers::cabinet {

class UpscSource final : public UpsSource {
  public:
    // `program` is upsc, `name` e.g. ups@localhost.
    UpscSource(std::string program, std::string name)
        : program_(std::move(program)), name_(std::move(name)) {}
    // At most three seconds and 64 KiB.
    base::Result<std::string> ask() override;

  private:
    const std::string program_, name_;
};

}  // namespace drivers::cabinet
