// All that reads codes at one terminal as one reader: the camera, and the scanner where it has one.
// Calls from the main thread.
#pragma once

#include "drivers/device_set.hpp"

#include <memory>

namespace drivers::qr {

class CodeReaders final : public CodeReader {
  public:
    // `scanner` may be null.
    CodeReaders(std::unique_ptr<CodeReader> camera, std::unique_ptr<CodeReader> scanner)
        : camera_(std::move(camera)), scanner_(std::move(scanner)) {}

    void start(domain::Ticket ticket, LookWith with) override {
        if (with == LookWith::scanner_and_camera) camera_->start(ticket, with);
        if (scanner_) scanner_->start(ticket, with);
    }
    void stop() override {
        camera_->stop();
        if (scanner_) scanner_->stop();
    }

  private:
    const std::unique_ptr<CodeReader> camera_, scanner_;
};

}  // namespace drivers::qr
