// The intake's own service as the door of the import station: for a station that runs where no
// intake listens. This is the one file of the courier that knows the intake's functions.
#pragma once

#include "offline/courier/centre/bundle_import.hpp"
#include "offline/intake/intake_service.hpp"

namespace offline::courier {

class ServiceDoor final : public IntakeDoor {
  public:
    explicit ServiceDoor(intake::IntakeService& service) : service_(service) {}
    Answer submit(const std::string& terminal, const std::string& sub_id,
                  base::ByteView body) override;
    Answer commit(const std::string& terminal, const std::string& sub_id) override;
    Answer upload(const Slice& slice, std::int64_t length, const sealing::Digest& digest,
                  sealing::SuiteId suite) override;

  private:
    intake::IntakeService& service_;
};

}  // namespace offline::courier
