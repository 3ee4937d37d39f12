#include "drivers/emulation/emulated_devices.hpp"

#include "base/assert.hpp"
#include "drivers/camera/emulated_camera.hpp"
#include "drivers/camera/source_camera.hpp"
#include "drivers/emulation/people.hpp"
#include "drivers/emulation/picture_tools.hpp"
#include "drivers/face/face_checker.hpp"
#include "drivers/headphones/emulated_jack.hpp"
#include "drivers/headphones/jack_watcher.hpp"
#include "drivers/id_card/codec/card_record.hpp"
#include "drivers/id_card/emulated/emulated_id_card_reader.hpp"
#include "drivers/id_card/sdt_id_card_reader.hpp"
#include "drivers/id_card/wires/usb_wire.hpp"
#include "drivers/printer/emulated_document_printer.hpp"
#include "drivers/qr/drawn_code.hpp"
#include "drivers/qr/frame_code_reader.hpp"

#include <array>
#include <atomic>
#include <map>
#include <sstream>
#include <utility>

namespace drivers::emulation {

namespace {

using Words = std::vector<std::string>;
using Answer = base::Result<std::string>;

constexpr double face_height = 0.42;      // of the frame: an arm's length away
constexpr double pair_face_height = 0.3;  // two people stand further back
constexpr double dim_light = 0.12;
constexpr const char* wrong_check_digit = "wrong_check_digit";
const FaceSample profile{"sample2.jpg", {366, 124, 163, 290}};  // looks to the side

Words words_of(std::string_view line) {
    std::istringstream in{std::string(line)};
    Words words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

std::string joined(const Words& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : " | ") + word;
    return out;
}

}  // namespace

struct EmulatedDevices::Parts {
    EmulationOptions options;
    std::map<std::string, FaceSample> people;  // what stands on their cards is read when placed
    std::map<std::string, base::Bytes> chip_photos;  // made when first needed
    std::string before_camera;                       // who was shown last
    std::shared_ptr<id_card::EmulatedIdCardReader> reader =
        std::make_shared<id_card::EmulatedIdCardReader>();
    std::shared_ptr<camera::EmulatedCamera> camera = std::make_shared<camera::EmulatedCamera>();
    std::shared_ptr<printer::EmulatedPrinterMachine> printer =
        std::make_shared<printer::EmulatedPrinterMachine>();
    std::shared_ptr<headphones::EmulatedJack> jack = std::make_shared<headphones::EmulatedJack>();
    std::shared_ptr<std::atomic<std::int64_t>> card_replied_at =
        std::make_shared<std::atomic<std::int64_t>>(0);
    DeviceSink sink;
    DeviceSet devices;

    struct Verb {
        const char* usage;  // its first words are fixed, those in capitals are given
        Answer (Parts::*run)(const Words& words);
    };
    static const std::array<Verb, 26>& verbs();

    base::Result<FaceSample> face_of(const std::string& id) const {
        const auto found = people.find(id);
        if (found == people.end())
            return base::fail(base::FaultCode::EmulationCommandWrong,
                              "no such person; known: " + joined(ids()));
        return found->second;
    }
    Words ids() const {
        Words out;
        for (const auto& [id, face] : people) out.push_back(id);
        return out;
    }
    base::Result<domain::Picture> picture_of(const FaceSample& face) const {
        return load_picture(options.faces_folder + "/" + face.picture);
    }
    base::Result<base::Bytes> chip_photo(const std::string& id, const FaceSample& face) {
        if (options.faces_folder.empty()) return base::Bytes{};
        if (const auto known = chip_photos.find(id); known != chip_photos.end())
            return known->second;
        const auto picture = TRY(picture_of(face));
        return chip_photos[id] = TRY(chip_portrait(picture, face.box));
    }
    base::Status put(domain::Picture& room, const FaceSample& face, double middle_x,
                     double height) {
        const auto picture = TRY(picture_of(face));
        put_person(room, picture, face.box, middle_x, height);
        return {};
    }

    Answer place(const Words& words);
    Answer lift(const Words&) {
        reader->lift();
        return std::string("card lifted");
    }
    Answer fault(const Words& words);
    Answer unplug_reader(const Words&) {
        reader->unplug();
        return std::string("reader unplugged");
    }
    Answer plug_reader(const Words&) {
        reader->plug();
        return std::string("reader plugged in");
    }
    Answer show(const Words& words);
    Answer unplug_camera(const Words&) {
        camera->unplug();
        return std::string("camera unplugged");
    }
    Answer plug_camera(const Words&) {
        camera->plug();
        return std::string("camera plugged in");
    }
    Answer freeze_camera(const Words&) {
        camera->freeze();
        return std::string("camera frozen");
    }
    Answer paper_out(const Words&) {
        printer->set_paper(false);
        return std::string("paper out");
    }
    Answer paper_in(const Words&) {
        printer->set_paper(true);
        return std::string("paper in");
    }
    Answer jam(const Words&) {
        printer->set_jammed(true);
        return std::string("printer jammed");
    }
    Answer clear(const Words&) {
        printer->set_jammed(false);
        return std::string("printer cleared");
    }
    Answer lose(const Words&) {
        printer->lose_next_outcome();
        return std::string("next print ends unknown");
    }
    Answer unplug_printer(const Words&) {
        printer->set_plugged(false);
        return std::string("printer unplugged");
    }
    Answer plug_printer(const Words&) {
        printer->set_plugged(true);
        return std::string("printer plugged in");
    }
    Answer tray_seen(const Words&) {
        printer->set_tray_sensor(true);
        return std::string("the printer tells whether paper lies in its tray");
    }
    Answer tray_unseen(const Words&) {
        printer->set_tray_sensor(false);
        return std::string("the printer cannot tell whether paper was taken");
    }
    Answer take_paper(const Words&) {
        printer->take_paper();
        return std::string("paper taken");
    }
    Answer nobody(const Words&) {
        sink(PresenceChanged{false});
        return std::string("the sensor sees nobody");
    }
    Answer somebody(const Words&) {
        sink(PresenceChanged{true});
        return std::string("the sensor sees somebody");
    }
    Answer plug_headphones(const Words&) {
        jack->plug(true);
        return std::string("headphones plugged in");
    }
    Answer unplug_headphones(const Words&) {
        jack->plug(false);
        return std::string("headphones unplugged");
    }
    Answer detach_jack(const Words&) {
        jack->attach(false);
        return std::string("the jack is gone");
    }
    Answer attach_jack(const Words&) {
        jack->attach(true);
        return std::string("the jack is there again");
    }
    Answer show_code(const Words& words);
    std::string help() const;
};

const std::array<EmulatedDevices::Parts::Verb, 26>& EmulatedDevices::Parts::verbs() {
    static const std::array<Verb, 26> all{{
        {"card place PERSON [fault FAULT]", &Parts::place},
        {"card lift", &Parts::lift},
        {"card fault FAULT", &Parts::fault},
        {"usb unplug id_card", &Parts::unplug_reader},
        {"usb plug id_card", &Parts::plug_reader},
        {"camera show code TEXT", &Parts::show_code},
        {"camera show SCENE", &Parts::show},
        {"camera unplug", &Parts::unplug_camera},
        {"camera plug", &Parts::plug_camera},
        {"camera freeze", &Parts::freeze_camera},
        {"printer paper out", &Parts::paper_out},
        {"printer paper in", &Parts::paper_in},
        {"printer jam", &Parts::jam},
        {"printer clear", &Parts::clear},
        {"printer lose", &Parts::lose},
        {"printer unplug", &Parts::unplug_printer},
        {"printer plug", &Parts::plug_printer},
        {"printer tray seen", &Parts::tray_seen},
        {"printer tray unseen", &Parts::tray_unseen},
        {"printer take", &Parts::take_paper},
        {"presence nobody", &Parts::nobody},
        {"presence somebody", &Parts::somebody},
        {"headphone plug", &Parts::plug_headphones},
        {"headphone unplug", &Parts::unplug_headphones},
        {"headphone detach", &Parts::detach_jack},
        {"headphone attach", &Parts::attach_jack},
    }};
    return all;
}

namespace {

// Whether the words fit "card place PERSON [fault FAULT]" and the like.
bool fits(const char* usage, const Words& words) {
    std::string pattern(usage);
    const auto optional_at = pattern.find('[');
    if (optional_at != std::string::npos) {
        auto longer = pattern;
        std::erase_if(longer, [](char c) { return c == '[' || c == ']'; });
        if (fits(longer.c_str(), words)) return true;
        pattern.resize(optional_at);
    }
    const auto wanted = words_of(pattern);
    if (wanted.size() != words.size()) return false;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const bool given = wanted[i].front() >= 'A' && wanted[i].front() <= 'Z';
        if (!given && wanted[i] != words[i]) return false;
    }
    return true;
}

base::Result<id_card::CardFault> card_fault(const std::string& name) {
    Words known{wrong_check_digit};
    for (const auto& [word, fault] : id_card::card_faults) {
        if (word == name) return fault;
        known.emplace_back(word);
    }
    return base::fail(base::FaultCode::EmulationCommandWrong,
                      "no such fault; known: " + joined(known));
}

void spoil_check_digit(std::string& number) {
    if (!number.empty()) number.back() = number.back() == '0' ? '1' : '0';
}

}  // namespace

Answer EmulatedDevices::Parts::place(const Words& words) {
    const auto& id = words[2];
    const auto face = TRY(face_of(id));
    auto fault = id_card::CardFault::none;
    const auto people_now = TRY(load_people(options.people_folder));
    const auto found = people_now.find(id);
    if (found == people_now.end())
        return base::fail(base::FaultCode::EmulationFilesWrong, id + ": gone");
    auto record = found->second.record;
    if (words.size() == 5 && words[4] == wrong_check_digit)
        spoil_check_digit(record.number);
    else if (words.size() == 5)
        fault = TRY(card_fault(words[4]));
    id_card::EmulatedCard card{TRY(id_card::encode_record(record)), TRY(chip_photo(id, face)), {}};
    reader->set_fault(fault);
    reader->place(std::move(card));
    return "card of " + id + " placed";
}

Answer EmulatedDevices::Parts::fault(const Words& words) {
    reader->set_fault(TRY(card_fault(words[2])));
    return "card fault " + words[2];
}

Answer EmulatedDevices::Parts::show(const Words& words) {
    const auto& scene = words[2];
    auto room = empty_room();
    if (before_camera.empty()) before_camera = people.begin()->first;
    const auto& last = people.at(before_camera);
    if (scene == "nobody") {
    } else if (scene == "thumb_print") {
        room = paper_before_camera(PaperScene::print);
    } else if (scene == "blurred_print") {
        room = paper_before_camera(PaperScene::blurred_print);
    } else if (scene == "blank_paper") {
        room = paper_before_camera(PaperScene::blank);
    } else if (scene == "two_people") {
        const auto other =
            before_camera == people.begin()->first ? std::next(people.begin()) : people.begin();
        TRY_STATUS(put(room, last, 0.3, pair_face_height));
        TRY_STATUS(put(room, other->second, 0.7, pair_face_height));
    } else if (scene == "dark") {
        TRY_STATUS(put(room, last, 0.5, face_height));
        darken(room, dim_light);
    } else if (scene == "turned") {
        TRY_STATUS(put(room, profile, 0.5, face_height));
    } else {
        const auto face = TRY(face_of(scene));
        TRY_STATUS(put(room, face, 0.5, face_height));
        before_camera = scene;
    }
    camera->show(std::move(room));
    return "camera shows " + scene;
}

Answer EmulatedDevices::Parts::show_code(const Words& words) {
    constexpr int side = 300, left = 170, top = 60;
    const auto code = qr::draw_code(words[3], side);
    if (!code) return base::fail(base::FaultCode::EmulationCommandWrong, "no code of this text");
    auto room = empty_room();
    put_sheet(room, *code, left, top);
    camera->show(std::move(room));
    return "camera shows the code " + words[3];
}

std::string EmulatedDevices::Parts::help() const {
    std::string out;
    for (const auto& verb : verbs()) out += std::string(verb.usage) + "\n";
    Words faults{wrong_check_digit};
    for (const auto& [word, ignored] : id_card::card_faults) faults.emplace_back(word);
    out += "PERSON: " + joined(ids()) + "\nFAULT: " + joined(faults) +
           "\nSCENE: PERSON | nobody | two_people | dark | turned | thumb_print | blurred_print |"
           " blank_paper\n";
    return out;
}

EmulatedDevices::EmulatedDevices(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
EmulatedDevices::EmulatedDevices(EmulatedDevices&&) noexcept = default;
EmulatedDevices& EmulatedDevices::operator=(EmulatedDevices&&) noexcept = default;
EmulatedDevices::~EmulatedDevices() = default;

base::Result<EmulatedDevices> EmulatedDevices::create(EmulationOptions options,
                                                      const base::Clock& clock, DeviceSink sink) {
    auto parts = std::make_unique<Parts>();
    const auto people = TRY(load_people(options.people_folder));
    for (const auto& [id, someone] : people) parts->people.emplace(id, someone.face);
    parts->camera->show(empty_room());
    auto frames = std::make_shared<camera::Frames>();
    auto& devices = parts->devices;
    devices.id_card_reader = std::make_unique<id_card::SdtIdCardReader>(
        std::make_unique<id_card::UsbWire>(
            std::make_shared<usb::EmulatedUsbTransport>(parts->reader)),
        [sink, reader = parts->reader, replied_at = parts->card_replied_at](DeviceEvent event) {
            if (std::holds_alternative<CardReadFinished>(event))
                *replied_at = reader->last_read().count();
            sink(std::move(event));
        });
    devices.camera = std::make_unique<camera::SourceCamera>(
        std::make_unique<camera::EmulatedFrameSource>(parts->camera), frames, clock, sink);
    face::FaceCheckOptions face_options;
    face_options.models_folder = options.models_folder;
    face_options.photo_decoder = options.photo_decoder;
    devices.face_checker = std::make_unique<face::ModelFaceChecker>(face_options, *devices.camera,
                                                                    frames, clock, sink);
    devices.document_printer = std::make_unique<printer::EmulatedDocumentPrinter>(
        parts->printer,
        printer::EmulatedPrinterOptions{options.printer_output_folder, options.printer_page_time},
        sink);
    devices.code_reader = std::make_unique<qr::FrameCodeReader>(frames, sink);
    devices.headphones = std::make_unique<headphones::JackWatcher>(
        std::make_unique<headphones::EmulatedJackSource>(parts->jack),
        [sink, jack = parts->jack](DeviceEvent event) {
            const auto* changed = std::get_if<HeadphonesChanged>(&event);
            const bool plugged = changed != nullptr && changed->plugged;
            const bool tell = changed != nullptr;
            sink(std::move(event));
            if (tell) jack->told(plugged);
        });
    parts->options = std::move(options);
    parts->sink = std::move(sink);
    return EmulatedDevices(std::move(parts));
}

DeviceSet EmulatedDevices::take_devices() {
    KIOSK_ASSERT(parts_->devices.id_card_reader != nullptr);
    return std::move(parts_->devices);
}

base::Result<std::string> EmulatedDevices::command(std::string_view one_line) {
    const auto words = words_of(one_line);
    for (const auto& verb : Parts::verbs())
        if (fits(verb.usage, words)) return (*parts_.*verb.run)(words);
    return base::fail(base::FaultCode::EmulationCommandWrong, "unknown command; known:\n" + help());
}

base::Millis EmulatedDevices::card_replied_at() const {
    return base::Millis{*parts_->card_replied_at};
}
std::vector<std::string> EmulatedDevices::people() const {
    return parts_->ids();
}
std::string EmulatedDevices::help() const {
    return parts_->help();
}

}  // namespace drivers::emulation
