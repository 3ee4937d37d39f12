// The emulated card reader with the people's cards to lay on it. Verbs: card …, usb … id_card.
#pragma once

#include "drivers/device_set.hpp"
#include "drivers/emulation/command_line.hpp"
#include "drivers/emulation/people.hpp"
#include "drivers/id_card/emulated/emulated_id_card_reader.hpp"

#include <atomic>
#include <map>
#include <memory>

namespace drivers::emulation {

class CardBench {
  public:
    // `faces_folder` empty = cards without a photo.
    CardBench(std::string people_folder, std::string faces_folder);
    CardBench(const CardBench&) = delete;
    CardBench& operator=(const CardBench&) = delete;

    // The real driver before the emulated reader.
    std::unique_ptr<IdCardReader> make_reader(DeviceSink sink);
    Verbs verbs();
    static std::string fault_names();
    // When the last byte of the last card that was read left the reader (steady clock); 0 = none.
    base::Millis replied_at() const { return base::Millis{*replied_at_}; }

  private:
    Answer place(const Words& words);
    base::Result<base::Bytes> chip_photo(const std::string& id, const FaceSample& face);

    const std::string people_folder_, faces_folder_;
    std::map<std::string, base::Bytes> chip_photos_;  // made when first needed
    std::shared_ptr<id_card::EmulatedIdCardReader> reader_ =
        std::make_shared<id_card::EmulatedIdCardReader>();
    std::shared_ptr<std::atomic<std::int64_t>> replied_at_ =
        std::make_shared<std::atomic<std::int64_t>>(0);
};

}  // namespace drivers::emulation
