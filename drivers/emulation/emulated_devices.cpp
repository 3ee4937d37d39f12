#include "drivers/emulation/emulated_devices.hpp"

#include "base/assert.hpp"
#include "drivers/camera/source_camera.hpp"
#include "drivers/emulation/benches/cabinet_bench.hpp"
#include "drivers/emulation/benches/paper_bench.hpp"
#include "drivers/emulation/benches/scanner_bench.hpp"
#include "drivers/emulation/benches/slip_bench.hpp"
#include "drivers/emulation/camera_bench.hpp"
#include "drivers/emulation/card_bench.hpp"
#include "drivers/emulation/document_bench.hpp"
#include "drivers/face/face_checker.hpp"
#include "drivers/headphones/emulated_jack.hpp"
#include "drivers/headphones/jack_watcher.hpp"
#include "drivers/qr/code_readers.hpp"
#include "drivers/qr/frame_code_reader.hpp"

#include <utility>

namespace drivers::emulation {

namespace {

Verbs headphone_verbs(const std::shared_ptr<headphones::EmulatedJack>& jack) {
    return {
        simple("headphone plug", "headphones plugged in", [jack] { jack->plug(true); }),
        simple("headphone unplug", "headphones unplugged", [jack] { jack->plug(false); }),
        simple("headphone detach", "the jack is gone", [jack] { jack->attach(false); }),
        simple("headphone attach", "the jack is there again", [jack] { jack->attach(true); }),
    };
}

std::map<std::string, FaceSample> faces_of(const People& people) {
    std::map<std::string, FaceSample> faces;
    for (const auto& [id, someone] : people) faces.emplace(id, someone.face);
    return faces;
}

}  // namespace

struct EmulatedDevices::Parts {
    Words ids;
    CardBench card;
    CameraBench camera;
    ScannerBench scanner;
    CabinetBench cabinet;
    DocumentBench document;
    PaperBench papers;
    SlipBench slips;
    Verbs verbs;
    DeviceSet devices;

    Parts(const EmulationOptions& options, const People& people, PaperBench paper_bench,
          const base::Clock& clock)
        : card(options.people_folder, options.faces_folder),
          camera(faces_of(people), options.faces_folder),
          scanner(options.scanner, clock),
          papers(std::move(paper_bench)),
          slips(options.printer_output_folder, options.slip_ledger, clock) {
        for (const auto& [id, someone] : people) ids.push_back(id);
    }
    void offer(Verbs more) {
        for (auto& verb : more) verbs.push_back(std::move(verb));
    }
};

EmulatedDevices::EmulatedDevices(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
EmulatedDevices::EmulatedDevices(EmulatedDevices&&) noexcept = default;
EmulatedDevices& EmulatedDevices::operator=(EmulatedDevices&&) noexcept = default;
EmulatedDevices::~EmulatedDevices() = default;

base::Result<EmulatedDevices> EmulatedDevices::create(EmulationOptions options,
                                                      const base::Clock& clock, DeviceSink sink) {
    const auto people = TRY(load_people(options.people_folder));
    if (people.empty()) return base::fail(base::FaultCode::EmulationFilesWrong, "nobody");
    auto papers = TRY(PaperBench::create(
        {options.state_folder, options.printer_output_folder, options.printer_page_time}, clock));
    auto parts = std::make_unique<Parts>(options, people, std::move(papers), clock);
    auto frames = std::make_shared<camera::Frames>();
    auto& devices = parts->devices;

    devices.id_card_reader = parts->card.make_reader(sink);
    parts->offer(parts->card.verbs());

    devices.camera = std::make_unique<camera::SourceCamera>(
        std::make_unique<camera::EmulatedFrameSource>(parts->camera.camera()), frames, clock, sink);
    parts->offer(parts->camera.verbs());
    devices.document_camera = parts->document.make_camera(clock, sink);
    parts->offer(parts->document.verbs());
    face::FaceCheckOptions face_options;
    face_options.models_folder = options.models_folder;
    face_options.photo_decoder = options.photo_decoder;
    face_options.policy = options.face;
    devices.face_checker = std::make_unique<face::ModelFaceChecker>(face_options, *devices.camera,
                                                                    frames, clock, sink);
    devices.code_reader =
        std::make_unique<qr::CodeReaders>(std::make_unique<qr::FrameCodeReader>(frames, sink),
                                          parts->scanner.make_reader(clock, sink));
    parts->offer(parts->scanner.verbs());

    devices.document_printer = parts->papers.make_printer(sink);
    parts->offer(parts->papers.verbs());
    devices.cabinet = parts->cabinet.make_cabinet(clock, sink);
    parts->offer(parts->cabinet.verbs());
    devices.receipt_printer = parts->slips.make_printer(sink);
    parts->offer(parts->slips.verbs());
    if (options.receipt_printer) parts->slips.attach();

    const auto jack = std::make_shared<headphones::EmulatedJack>();
    devices.headphones = std::make_unique<headphones::JackWatcher>(
        std::make_unique<headphones::EmulatedJackSource>(jack), clock,
        [sink, jack](DeviceEvent event) {
            const auto* changed = std::get_if<HeadphonesChanged>(&event);
            const bool plugged = changed != nullptr && changed->plugged;
            const bool tell = changed != nullptr;
            sink(std::move(event));
            if (tell) jack->told(plugged);
        });
    parts->offer(headphone_verbs(jack));
    return EmulatedDevices(std::move(parts));
}

DeviceSet EmulatedDevices::take_devices() {
    KIOSK_ASSERT(parts_->devices.id_card_reader != nullptr);
    return std::move(parts_->devices);
}

Answer EmulatedDevices::command(std::string_view one_line) {
    if (const auto* verb = verb_of(parts_->verbs, one_line)) return verb->run(words_of(one_line));
    return base::fail(base::FaultCode::EmulationCommandWrong, "unknown command; known:\n" + help());
}

base::Millis EmulatedDevices::card_replied_at() const {
    return parts_->card.replied_at();
}
std::vector<std::string> EmulatedDevices::people() const {
    return parts_->ids;
}
std::string EmulatedDevices::help() const {
    return usages(parts_->verbs) + "PERSON: " + joined(parts_->ids) +
           "\nFAULT: " + CardBench::fault_names() + "\nSCENE: " + CameraBench::scene_names() +
           "\nPAPER: " + DocumentBench::scene_names() + "\n";
}

}  // namespace drivers::emulation
