// Measures the face comparison: each stage, the guidance loop on one core, and how far the public
// samples are apart. Arguments: folder of models, folder of samples, photo decoder of the training
// card. One line a figure: name, value, unit, separated by tabs.
//
// Same: the portrait of a face through the card (102 × 126, 1 020 bytes) against the same face
// before the camera, changed in listed ways; all from one photograph, so this is easier than life.
// Different: two faces of one photograph, which are two people for certain.
#include "drivers/camera/pixels.hpp"
#include "drivers/emulation/picture_tools.hpp"
#include "drivers/emulation/pictures/moving_person.hpp"
#include "drivers/face/guidance/frame_look.hpp"
#include "drivers/face/portrait.hpp"
#include "drivers/id_card/photo/photo_decoder.hpp"
#include "drivers/pictures/picture_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace drivers;
using drivers::emulation::Area;
using Feature = base::Secret<face::Feature>;

void say(const std::string& name, double value, const char* unit) {
    std::printf("%s\t%g\t%s\n", name.c_str(), value, unit);
    std::fflush(stdout);
}

// Processor time of this thread, which does all of it: what else runs on the machine costs nothing.
double ms_of(const std::function<void()>& work) {
    const auto now = [] {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    };
    const double began = now();
    work();
    return now() - began;
}

double median_ms(int runs, const std::function<void()>& work) {
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) times.push_back(ms_of(work));
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

struct SampleFace {
    std::size_t photograph = 0;
    domain::Picture picture;  // the whole photograph
    Area box;
};

// Faces large enough to stand before the camera with their own pixels.
std::vector<SampleFace> faces_in(face::FaceModels& models, const std::string& folder) {
    constexpr float least_height = 90;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<SampleFace> faces;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto picture = pictures::load_picture(files[i].string());
        if (!picture) continue;
        const auto found = models.detect(*picture);
        if (!found) continue;
        for (const auto& box : *found)
            if (box.height >= least_height)
                faces.push_back({i, *picture, {box.left, box.top, box.width, box.height}});
    }
    return faces;
}

domain::Picture before_camera(const SampleFace& one, double height) {
    auto room = emulation::empty_room();
    emulation::put_person(room, one.picture, one.box, 0.5, height);
    return room;
}

std::vector<domain::Picture> changed(const SampleFace& one) {
    constexpr double height = 0.42;
    const auto plain = before_camera(one, height);
    const auto face = emulation::in_room(one.box, one.box, 0.5, height);
    auto dim = plain;
    emulation::darken(dim, 0.5);
    return {plain,
            before_camera(one, 0.3),
            std::move(dim),
            emulation::out_of_focus(plain, 1),
            emulation::turned_head(plain, face, 12),
            emulation::turned_head(plain, face, -12)};
}

// The largest share of failures that `failures` of `pairs` leave possible, at 95 % (Clopper and
// Pearson); without a failure about three in so many.
double upper_bound(int failures, int pairs) {
    const auto no_more = [&](double share) {
        double sum = 0, term = std::pow(1 - share, pairs);
        for (int k = 0; k <= failures; ++k) {
            sum += term;
            term *= share / (1 - share) * (pairs - k) / (k + 1);
        }
        return sum;
    };
    double low = 0, high = 1 - 1e-9;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (no_more(middle) > 0.05 ? low : high) = middle;
    }
    return high;
}

void measure_stages(face::FaceModels& models, const domain::Picture& frame) {
    constexpr int runs = 60;
    const auto yuyv = camera::yuyv_from_picture(frame);
    const auto box = models.detect(frame)->front();
    const auto points = *models.landmarks(frame, box);
    const auto feature = *models.feature(frame, points);
    const auto stage = [&](const char* name, const std::function<void()>& work) {
        work();  // the first run of a net allocates
        say(std::string("stage: ") + name, median_ms(runs, work), "ms");
    };
    stage("frame to pixels", [&] { (void)camera::picture_from_yuyv(yuyv, 640, 480); });
    stage("detect", [&] { (void)models.detect(frame); });
    stage("landmarks", [&] { (void)models.landmarks(frame, box); });
    stage("pose", [&] { (void)models.pose(frame, box); });
    stage("eyes, both", [&] { (void)models.eyes(frame, points); });
    stage("feature", [&] { (void)models.feature(frame, points); });
    stage("liveness", [&] { (void)models.liveness(frame, box); });
    double sum = 0;
    stage("compare", [&] { sum += face::cosine(*feature, *feature); });
    if (sum <= 0) std::fprintf(stderr, "a face is not alike to itself\n");
}

void measure_loops(face::FaceModels& models, const domain::Picture& frame) {
    constexpr int frames = 120;
    const auto yuyv = camera::yuyv_from_picture(frame);
    std::optional<face::FaceBox> before;
    const double guiding = ms_of([&] {
        for (int i = 0; i < frames; ++i) {
            const auto picture = camera::picture_from_yuyv(yuyv, 640, 480);
            before = face::look_at(models, *picture, before, {})->box;
        }
    });
    say("guidance loop on one core", frames / guiding * 1000, "frames/s");
    const double moving = ms_of([&] {
        for (int i = 0; i < frames; ++i) {
            const auto picture = camera::picture_from_yuyv(yuyv, 640, 480);
            (void)face::look_for_movement(models, *picture, base::Millis{i});
        }
    });
    say("movement loop on one core", frames / moving * 1000, "frames/s");
}

struct Scores {
    std::vector<double> all;
    int lost = 0;  // no face was found any more
    void add(const face::Portrait& portrait, const Feature& reference) {
        if (portrait.state == face::PortraitState::one_face)
            all.push_back(face::cosine(*portrait.feature, *reference));
        else
            ++lost;
    }
};

void measure_separation(face::FaceModels& models, const std::vector<SampleFace>& faces,
                        const id_card::PhotoDecoder& decoder) {
    std::vector<std::optional<Feature>> on_card;
    for (const auto& one : faces) {
        const auto chip = emulation::chip_portrait(one.picture, one.box);
        auto portrait = chip ? decoder.decode(*chip) : base::fail(chip.error());
        auto found =
            portrait ? face::portrait_of(models, **portrait) : base::fail(portrait.error());
        const bool usable = found && found->state == face::PortraitState::one_face;
        on_card.push_back(usable ? std::optional(found->feature) : std::nullopt);
    }
    Scores same, different;
    for (std::size_t i = 0; i < faces.size(); ++i) {
        const auto frames = changed(faces[i]);
        for (const auto& frame : frames)
            if (on_card[i]) same.add(*face::portrait_of(models, frame), *on_card[i]);
        const auto plain = *face::portrait_of(models, frames.front());
        for (std::size_t k = 0; k < faces.size(); ++k)
            if (k != i && on_card[k] && faces[k].photograph == faces[i].photograph)
                different.add(plain, *on_card[k]);
    }
    if (same.all.empty() || different.all.empty()) return;
    const domain::FacePolicy policy;
    const auto same_count = static_cast<int>(same.all.size()),
               different_count = static_cast<int>(different.all.size());
    const auto missed = static_cast<int>(std::count_if(
        same.all.begin(), same.all.end(), [&](double score) { return score < policy.match; }));
    const auto mistaken =
        static_cast<int>(std::count_if(different.all.begin(), different.all.end(),
                                       [&](double score) { return score >= policy.match; }));
    const double least = *std::min_element(same.all.begin(), same.all.end()),
                 most = *std::max_element(different.all.begin(), different.all.end());
    say("separation: faces", static_cast<double>(faces.size()), "");
    say("separation: pairs of the same face", same_count, "");
    say("separation: of them without a face found", same.lost, "");
    say("separation: pairs of different faces", different_count, "");
    say("separation: least score of the same", least, "cosine");
    say("separation: highest score of different", most, "cosine");
    say("separation: gap", least - most, "cosine");
    say("separation: same below the threshold", missed, "pairs");
    say("separation: same below it, 95 % bound", 100 * upper_bound(missed, same_count), "%");
    say("separation: different at the threshold", mistaken, "pairs");
    say("separation: different at it, 95 % bound", 100 * upper_bound(mistaken, different_count),
        "%");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "face_bench MODELS FACES PHOTO_DECODER\n");
        return 2;
    }
    auto models = face::FaceModels::load(argv[1]);
    if (!models) {
        std::fprintf(stderr, "no face models\n");
        return 1;
    }
    say("load the models", ms_of([&] { (void)face::FaceModels::load(argv[1]); }), "ms");
    const auto faces = faces_in(*models, argv[2]);
    if (faces.empty()) {
        std::fprintf(stderr, "no face in the samples\n");
        return 1;
    }
    measure_separation(*models, faces, id_card::PhotoDecoder(argv[3]));
    const auto frame = before_camera(faces.front(), 0.42);
    measure_stages(*models, frame);
    measure_loops(*models, frame);
    return 0;
}
