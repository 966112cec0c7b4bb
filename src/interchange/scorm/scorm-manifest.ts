interface Course {
  /** Letters, digits, `-`. */
  readonly id: string;
  readonly title: string;
  /** The page that is opened first. */
  readonly file: string;
  /** Percent from which it counts as passed. */
  readonly passing: number;
}

/** `imsmanifest.xml` of a package with one lesson. Source: ADL SCORM 1.2 Content Aggregation Model, 2.3. */
export function scormManifest({ id, title, file, passing }: Course): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="drydock-${escapeXml(id)}" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="drydock">
    <organization identifier="drydock">
      <title>${escapeXml(title)}</title>
      <item identifier="lesson" identifierref="page" isvisible="true">
        <title>${escapeXml(title)}</title>
        <adlcp:masteryscore>${passing}</adlcp:masteryscore>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="${escapeXml(file)}">
      <file href="${escapeXml(file)}"/>
    </resource>
  </resources>
</manifest>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}
