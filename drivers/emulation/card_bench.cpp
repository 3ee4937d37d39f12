#include "drivers/emulation/card_bench.hpp"

#include "drivers/id_card/codec/card_record.hpp"
#include "drivers/id_card/sdt_id_card_reader.hpp"
#include "drivers/id_card/wires/usb_wire.hpp"
#include "drivers/pictures/picture_file.hpp"

#include <utility>

namespace drivers::emulation {

namespace {

constexpr const char* wrong_check_digit = "wrong_check_digit";

base::Result<id_card::CardFault> card_fault(const std::string& name) {
    for (const auto& [word, fault] : id_card::card_faults)
        if (word == name) return fault;
    return base::fail(base::FaultCode::EmulationCommandWrong,
                      "no such fault; known: " + CardBench::fault_names());
}

void spoil_check_digit(std::string& number) {
    if (!number.empty()) number.back() = number.back() == '0' ? '1' : '0';
}

}  // namespace

CardBench::CardBench(std::string people_folder, std::string faces_folder)
    : people_folder_(std::move(people_folder)), faces_folder_(std::move(faces_folder)) {}

std::unique_ptr<IdCardReader> CardBench::make_reader(DeviceSink sink) {
    return std::make_unique<id_card::SdtIdCardReader>(
        std::make_unique<id_card::UsbWire>(std::make_shared<usb::EmulatedUsbTransport>(reader_)),
        [sink = std::move(sink), reader = reader_, replied_at = replied_at_](DeviceEvent event) {
            if (std::holds_alternative<CardReadFinished>(event))
                *replied_at = reader->last_read().count();
            sink(std::move(event));
        });
}

std::string CardBench::fault_names() {
    Words names{wrong_check_digit};
    for (const auto& [word, ignored] : id_card::card_faults) names.emplace_back(word);
    return joined(names);
}

Verbs CardBench::verbs() {
    return {
        {"card place PERSON [fault FAULT]", [this](const Words& words) { return place(words); }},
        simple("card lift", "card lifted", [this] { reader_->lift(); }),
        {"card fault FAULT",
         [this](const Words& words) -> Answer {
             reader_->set_fault(TRY(card_fault(words[2])));
             return "card fault " + words[2];
         }},
        simple("usb unplug id_card", "reader unplugged", [this] { reader_->unplug(); }),
        simple("usb plug id_card", "reader plugged in", [this] { reader_->plug(); }),
    };
}

base::Result<base::Bytes> CardBench::chip_photo(const std::string& id, const FaceSample& face) {
    if (faces_folder_.empty()) return base::Bytes{};
    if (const auto known = chip_photos_.find(id); known != chip_photos_.end()) return known->second;
    const auto picture = TRY(pictures::load_picture(faces_folder_ + "/" + face.picture));
    return chip_photos_[id] = TRY(chip_portrait(picture, face.box));
}

// What stands on the card is read anew each time: a course changes it while the terminal runs.
Answer CardBench::place(const Words& words) {
    const auto& id = words[2];
    const auto people = TRY(load_people(people_folder_));
    const auto found = people.find(id);
    if (found == people.end()) {
        Words known;
        for (const auto& [name, ignored] : people) known.push_back(name);
        return base::fail(base::FaultCode::EmulationCommandWrong,
                          "no such person; known: " + joined(known));
    }
    auto record = found->second.record;
    auto fault = id_card::CardFault::none;
    if (words.size() == 5 && words[4] == wrong_check_digit)
        spoil_check_digit(record.number);
    else if (words.size() == 5)
        fault = TRY(card_fault(words[4]));
    id_card::EmulatedCard card{
        TRY(id_card::encode_record(record)), TRY(chip_photo(id, found->second.face)), {}};
    reader_->set_fault(fault);
    reader_->place(std::move(card));
    return "card of " + id + " placed";
}

}  // namespace drivers::emulation
