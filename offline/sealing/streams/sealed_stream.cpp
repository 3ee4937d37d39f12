#include "offline/sealing/streams/sealed_stream.hpp"

#include "base/assert.hpp"
#include "offline/sealing/envelope.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <algorithm>

namespace offline::sealing {

namespace {

using base::FaultCode;
using envelope::head_size;

constexpr std::uint8_t end_of_content = 0x80;

base::Bytes bound_to(base::ByteView head, const StreamPlace& place) {
    base::Bytes out(head.begin(), head.end());
    out.insert(out.end(), place.sub_id.bytes.begin(), place.sub_id.bytes.end());
    out.insert(out.end(), place.attachment.begin(), place.attachment.end());
    return out;
}

}  // namespace

StreamSealer::~StreamSealer() {
    base::wipe(waiting_);
}

base::Result<StreamSealer> StreamSealer::begin(domain::Realm realm, const PublicKey& to,
                                               const StreamPlace& place) {
    const Suite& with = suite(to.suite);
    base::Bytes head = envelope::head(stream_magic, realm, to);
    const base::Bytes bound = bound_to(head, place);
    const SecretBytes data_key = with.new_data_key();
    const base::Bytes wrapped = TRY(with.wrap(to.bytes, *data_key));
    StreamSealer out(TRY(with.record_sealer(*data_key, bound)), with.hasher());
    head.insert(head.end(), wrapped.begin(), wrapped.end());
    const base::Bytes& beginning = out.records_->beginning();
    head.insert(head.end(), beginning.begin(), beginning.end());
    out.head_ = std::move(head);
    out.waiting_.reserve(stream_record_bytes);  // never moves, so no copy stays behind
    return out;
}

base::Status StreamSealer::seal_record(bool last, base::Bytes& out) {
    const base::Bytes sealed = TRY(records_->seal(waiting_, last));
    out.insert(out.end(), sealed.begin(), sealed.end());
    base::wipe(waiting_);
    return {};
}

base::Bytes StreamSealer::given_out(base::Bytes bytes) {
    hash_->update(bytes);
    length_ += static_cast<std::int64_t>(bytes.size());
    return bytes;
}

base::Result<base::Bytes> StreamSealer::append(base::ByteView content) {
    base::Bytes out = std::exchange(head_, {});
    while (!content.empty()) {
        const auto part =
            content.first(std::min(content.size(), stream_record_bytes - waiting_.size()));
        waiting_.insert(waiting_.end(), part.begin(), part.end());
        content = content.subspan(part.size());
        // A full record is never the last: the end mark always follows the content.
        if (waiting_.size() == stream_record_bytes) TRY_STATUS(seal_record(false, out));
    }
    return given_out(std::move(out));
}

base::Result<base::Bytes> StreamSealer::finish() {
    base::Bytes out = std::exchange(head_, {});
    waiting_.push_back(end_of_content);
    waiting_.resize(stream_record_bytes);
    TRY_STATUS(seal_record(true, out));
    return given_out(std::move(out));
}

Digest StreamSealer::digest() {
    return hash_->finish();
}

StreamOpener::StreamOpener(domain::Realm realm, const StreamPlace& place, FindPair find)
    : realm_(realm), place_(place), find_(std::move(find)) {}

std::size_t StreamOpener::wanted() const {
    if (ended_) return 0;
    if (suite_ == nullptr) return head_size;
    if (!records_) return head_size + suite_->wrapped_bytes() + suite_->stream_beginning_bytes();
    return stream_record_bytes + suite_->record_overhead();
}

base::Status StreamOpener::open_head() {
    const base::ByteView all(waiting_);
    if (suite_ == nullptr) {
        if (base::as_text(all.first(4)) != stream_magic || all[4] < 1 || all[4] > 2 || all[5] > 1)
            return base::fail(FaultCode::SealBroken, "not a stream");
        if (static_cast<domain::Realm>(all[5]) != realm_)
            return base::fail(FaultCode::RealmMismatch, "stream");
        suite_ = &suite(static_cast<SuiteId>(all[4]));
        return {};
    }
    const KeyPair pair = TRY(find_(base::to_hex(all.subspan(6, 8))));
    if (pair.public_key.suite != suite_->id())
        return base::fail(FaultCode::SealBroken, "stream: suite");
    const SecretBytes data_key =
        TRY(suite_->unwrap(pair, all.subspan(head_size, suite_->wrapped_bytes())));
    records_ = TRY(suite_->record_opener(*data_key, bound_to(all.first(head_size), place_),
                                         all.subspan(head_size + suite_->wrapped_bytes())));
    waiting_.clear();
    return {};
}

base::Status StreamOpener::open_record(base::ByteView sealed, base::Bytes& out) {
    auto record = TRY(records_->open(sealed));
    const WipeAtEnd wipe(record.content);
    base::ByteView content(record.content);
    if (record.last) {
        ended_ = true;
        while (!content.empty() && content.back() == 0) content = content.first(content.size() - 1);
        if (content.empty() || content.back() != end_of_content)
            return base::fail(FaultCode::SealBroken, "stream: padding");
        content = content.first(content.size() - 1);
    }
    out.insert(out.end(), content.begin(), content.end());
    return {};
}

base::Result<base::Bytes> StreamOpener::append(base::ByteView sealed) {
    base::Bytes out;
    const WipeAtEnd wipe_on_fault(out);                // what is returned was moved away
    out.reserve(sealed.size() + stream_record_bytes);  // never moves
    while (!sealed.empty()) {
        const std::size_t size = wanted();
        if (size == 0) return base::fail(FaultCode::SealBroken, "stream: bytes after its end");
        const auto part = sealed.first(std::min(sealed.size(), size - waiting_.size()));
        waiting_.insert(waiting_.end(), part.begin(), part.end());
        sealed = sealed.subspan(part.size());
        if (waiting_.size() < size) break;
        if (records_) {
            TRY_STATUS(open_record(waiting_, out));
            waiting_.clear();
        } else {
            TRY_STATUS(open_head());
        }
    }
    return base::Result<base::Bytes>(std::move(out));
}

base::Status StreamOpener::finish() const {
    if (!ended_) return base::fail(FaultCode::SealBroken, "stream: cut off");
    return {};
}

}  // namespace offline::sealing
